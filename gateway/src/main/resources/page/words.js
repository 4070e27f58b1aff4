/** What the page says, in Vietnamese and English. Names of units and words of acts stay as they are. */

/** The catalogue begins here: what was there then may be older. */
const FIRST_DAY = "2004-08-31";

const VI = {
  language: "vi",
  skip: "Đến kết quả",
  brand: "Tra cứu đơn vị hành chính",
  languages: "Ngôn ngữ",
  title: "Xã, phường, quận, tỉnh cũ nay là đâu?",
  lead: "Nhập tên cũ hay tên mới, mã, hoặc cả địa chỉ. Có dấu hay không dấu đều được.",
  label: "Tên, mã hoặc địa chỉ",
  search: "Tra cứu",
  suggestions: "Gợi ý",
  examples: "Ví dụ:",
  source: "Dữ liệu từ ngày 31/08/2004. Ai cũng tra cứu được, không cần đăng nhập; trang không theo dõi người dùng.",
  pageTitle: (name) => (name ? `${name} – Tra cứu đơn vị hành chính` : "Tra cứu đơn vị hành chính cũ và mới"),
  loading: "Đang tìm…",
  suggested: (shown, total) =>
    total > shown ? `${shown} gợi ý đầu trong ${total} kết quả; gõ thêm để thu hẹp.` : `${shown} gợi ý. Dùng mũi tên để chọn.`,
  nothingSuggested: "Chưa có gợi ý.",
  nothing: (text) => `Không tìm thấy “${text}”`,
  advice: [
    "Kiểm tra lại chính tả; chỉ gõ tên riêng, ví dụ “Bình Hàn”.",
    "Thêm tên huyện, tỉnh cũ, ví dụ “Quảng Lưu, Quảng Xương, Thanh Hoá”.",
    "Mã gồm 2 chữ số (tỉnh), 3 chữ số (huyện) hoặc 5 chữ số (xã), giữ số 0 ở đầu.",
  ],
  noSuchUnit: "Không có đơn vị này trong danh mục",
  choose: (total) => `${total} đơn vị phù hợp. Bạn muốn tra đơn vị nào?`,
  shownOf: (shown, total) => `Đang xem ${shown} trong ${total} kết quả. Thêm tên huyện, tỉnh để thu hẹp.`,
  more: "Xem thêm",
  away: "Dịch vụ tra cứu tạm thời không trả lời",
  awayAdvice: "Xin thử lại sau ít phút. Đây không phải lỗi của bạn.",
  again: "Thử lại",
  found: (name) => `Đã có kết quả cho ${name}.`,
  levels: { province: "cấp tỉnh", district: "cấp huyện", commune: "cấp xã" },
  inForce: "Còn hiệu lực",
  ended: "Đã kết thúc",
  code: "Mã",
  level: "Cấp",
  above: "Thuộc",
  time: "Thời gian",
  sinceBefore: (day) => `từ ${day} hoặc trước đó (ngày đầu của danh mục)`,
  since: (day) => `từ ${day}`,
  until: (day) => `đến hết ${day}`,
  stillSo: "đến nay",
  madeBy: "Thành lập theo",
  endedBy: "Kết thúc theo",
  act: (numbers, clause) => `${numbers.join("; ")}${clause ? `, khoản ${clause}` : ""}`,
  noAct: "danh mục không ghi văn bản",
  statesTitle: "Tên, mã và cấp trên qua các thời kỳ",
  now: "Nay là",
  nowStill: "Nay vẫn là đơn vị này",
  nowSeveral: (count) => `Nay thuộc về ${count} đơn vị`,
  nowSeveralAdvice: "Đơn vị này đã được chia. Muốn biết một địa chỉ nay ở đâu, cần biết thôn, tổ dân phố hoặc đường.",
  nowNone: "Đã kết thúc, không có đơn vị kế thừa",
  nowGone: "Đã kết thúc, đơn vị kế thừa nay cũng đã kết thúc",
  communesGoOn: "Các xã, phường, thị trấn của đơn vị này tiếp tục như sau.",
  communes: (day) => `Các xã, phường, thị trấn vào ngày ${day}`,
  openSince: (name, day) => `${name} kết thúc từ ${day}; danh mục không ghi đơn vị kế thừa.`,
  takes: { full: "Nhận toàn bộ", partial: "Nhận một phần", unknown: "Không rõ nhận bao nhiêu" },
  extents: { full: "toàn bộ", partial: "một phần", unknown: "không rõ bao nhiêu" },
  confidence: {
    act: "chắc chắn: theo lời văn bản",
    strong: "khá chắc: nhiều dấu hiệu khớp nhau",
    likely: "có thể đúng: chỉ một dấu hiệu",
  },
  step: "Từ",
  by: "theo",
  gaveAway: "Đã tách một phần sang",
  cameFrom: "Được thành lập từ",
  received: "Đã nhận thêm từ",
  picture: "Sơ đồ nguồn gốc và kế thừa",
  pictureFrame: "Khung sơ đồ, cuộn ngang được",
  pictureHint: "Bấm vào một ô để tra đơn vị đó. Nét liền: theo văn bản; nét đứt: theo dấu hiệu.",
  pictureCut: (shown, total) => `Sơ đồ chỉ vẽ ${shown} đơn vị gần nhất trong ${total} đơn vị.`,
  pictureWords: "Sơ đồ bằng chữ",
  alone: "Danh mục không ghi đơn vị nào trước hay sau đơn vị này.",
  share: "Chia sẻ và tải về",
  copy: "Chép liên kết",
  copied: "Đã chép liên kết.",
  notCopied: "Không chép được; hãy chép địa chỉ trên thanh trình duyệt.",
  crosswalk: (province, from, to) => `Tải bảng chuyển đổi của ${province}, ${from} → ${to} (CSV)`,
};

const EN = {
  language: "en",
  skip: "Skip to the answer",
  brand: "Viet Nam's administrative units",
  languages: "Language",
  title: "What is an old commune, district or province now?",
  lead: "Type an old or new name, a code, or a whole address, with or without diacritics.",
  label: "Name, code or address",
  search: "Look up",
  suggestions: "Suggestions",
  examples: "Examples:",
  source: "Data since 31 August 2004. Open to everybody without signing in; this page does not track you.",
  pageTitle: (name) => (name ? `${name} – Viet Nam's administrative units` : "Viet Nam's administrative units, old and new"),
  loading: "Searching…",
  suggested: (shown, total) =>
    total > shown ? `The first ${shown} of ${total} results; type more to narrow down.` : `${shown} suggestions. Choose with the arrow keys.`,
  nothingSuggested: "No suggestion yet.",
  nothing: (text) => `Nothing found for “${text}”`,
  advice: [
    "Check the spelling, or type the name alone, such as “Bình Hàn”.",
    "Add the former district and province, such as “Quảng Lưu, Quảng Xương, Thanh Hoá”.",
    "A code has 2 digits (province), 3 (district) or 5 (commune), with its leading zeros.",
  ],
  noSuchUnit: "The catalogue has no such unit",
  choose: (total) => `${total} units fit. Which one do you mean?`,
  shownOf: (shown, total) => `Showing ${shown} of ${total} results. Add the district or province to narrow down.`,
  more: "Show more",
  away: "The look-up service does not answer at the moment",
  awayAdvice: "Please try again in a few minutes. You did nothing wrong.",
  again: "Try again",
  found: (name) => `Here is ${name}.`,
  levels: { province: "province level", district: "district level", commune: "commune level" },
  inForce: "In force",
  ended: "Ended",
  code: "Code",
  level: "Level",
  above: "In",
  time: "Time",
  sinceBefore: (day) => `since ${day} or before (the catalogue's first day)`,
  since: (day) => `since ${day}`,
  until: (day) => `up to and including ${day}`,
  stillSo: "until today",
  madeBy: "Made by",
  endedBy: "Ended by",
  act: (numbers, clause) => `${numbers.join("; ")}${clause ? `, clause ${clause}` : ""}`,
  noAct: "the catalogue names no act",
  statesTitle: "Its names, codes and what it lay in",
  now: "Now",
  nowStill: "It still is",
  nowSeveral: (count) => `Now in ${count} units`,
  nowSeveralAdvice: "It was divided. To know where an address lies now, you need its hamlet, quarter or street.",
  nowNone: "Ended without a successor",
  nowGone: "Ended, and what succeeded it has ended too",
  communesGoOn: "Its communes went on as follows.",
  communes: (day) => `Its communes on ${day}`,
  openSince: (name, day) => `${name} ended on ${day}; the catalogue names no successor.`,
  takes: { full: "Took all of it", partial: "Took a part", unknown: "Not known how much it took" },
  extents: { full: "all", partial: "a part", unknown: "not known how much" },
  confidence: {
    act: "certain: the act says so",
    strong: "fairly sure: several signs agree",
    likely: "likely: one sign only",
  },
  step: "Since",
  by: "by",
  gaveAway: "A part went to",
  cameFrom: "Made from",
  received: "Received from",
  picture: "Where it came from and what came of it",
  pictureFrame: "Frame of the picture, scrolls sideways",
  pictureHint: "Choose a box to look that unit up. Solid line: by an act; dashed: by signs.",
  pictureCut: (shown, total) => `The picture shows the ${shown} nearest of ${total} units.`,
  pictureWords: "The picture in words",
  alone: "The catalogue names no unit before or after this one.",
  share: "Share and download",
  copy: "Copy the link",
  copied: "The link is copied.",
  notCopied: "Could not copy it; please copy the address from the browser's bar.",
  crosswalk: (province, from, to) => `Download the crosswalk of ${province}, ${from} → ${to} (CSV)`,
};

/** The words of a language; Vietnamese unless English is asked for. */
export function wordsOf(language) {
  return language === "en" ? EN : VI;
}

/** A date as people write it. */
export function day(words, iso) {
  const [year, month, date] = iso.split("-");
  if (words.language === "vi") {
    return `${date}/${month}/${year}`;
  }
  const name = new Date(Date.UTC(+year, +month - 1, +date)).toLocaleDateString("en-GB", { month: "long", timeZone: "UTC" });
  return `${+date} ${name} ${year}`;
}

/** The last day of what ended on a day. */
export function dayBefore(iso) {
  const date = new Date(`${iso}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

export function isFirstDay(iso) {
  return iso <= FIRST_DAY;
}

/** From when to when, in words; `to` is exclusive. */
export function period(words, from, to) {
  const begin = isFirstDay(from) ? words.sinceBefore(day(words, from)) : words.since(day(words, from));
  return `${begin} ${to ? words.until(day(words, dayBefore(to))) : words.stillSo}`;
}

/** The same, short: 31/08/2004 – 30/06/2025. */
export function shortPeriod(words, from, to) {
  return `${day(words, from)} – ${to ? day(words, dayBefore(to)) : words.stillSo}`;
}
