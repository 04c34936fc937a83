//! Words of many scripts: what posts are called, and what they say.

/// A script as one language writes it.
pub struct Script {
    /// The code of the language.
    pub lang: &'static str,
    /// What posts and their files are called.
    pub titles: [&'static str; 6],
    /// What people label them with.
    pub tags: [&'static str; 3],
    /// A paragraph.
    pub words: &'static str,
}

/// Latin with marks, Cyrillic, Greek, Arabic, Chinese, Japanese, Korean, Devanagari, Thai.
pub const SCRIPTS: [Script; 10] = [
    Script {
        lang: "en",
        titles: [
            "A walk by the river",
            "C++ and C# in one week",
            "Q&A: what, why & how?",
            "100% “done”, or nearly",
            "Notes_on.version 2.0",
            "The Long  Way Home",
        ],
        tags: ["Travel", "side projects", "C++"],
        words: "We walked along the river for most of the day and talked about what the winter would bring.",
    },
    Script {
        lang: "de",
        titles: [
            "Über Straßen & Plätze",
            "Größer, schöner, Öl",
            "Was bleibt?",
            "Zürich im März",
            "Ein Jahr (fast)",
            "Der grüne Faden",
        ],
        tags: ["Reise", "Bücher", "Öffentlichkeit"],
        words: "Am Morgen lag noch Nebel über den Feldern, und wir haben lange über das Buch gesprochen.",
    },
    Script {
        lang: "vi",
        titles: [
            "Hợp tác ở Đà Nẵng",
            "Một ngày mưa",
            "Ăn gì hôm nay?",
            "Đường về nhà",
            "Tiếng Việt",
            "Ghi chép nhỏ",
        ],
        tags: ["Ẩm thực", "du lịch", "Nhà cửa"],
        words: "Buổi sáng hôm ấy trời mưa rất to, và chúng tôi ngồi trong quán nói chuyện về những quyển sách cũ.",
    },
    Script {
        lang: "ru",
        titles: [
            "Привет, мир",
            "Ёлка и съезд",
            "Что дальше?",
            "Заметки о чтении",
            "Путь домой",
            "Новый год",
        ],
        tags: ["Чтение", "заметки", "Дорога"],
        words: "Утром мы долго шли вдоль реки и говорили о том, какие книги хочется прочитать этой зимой.",
    },
    Script {
        lang: "el",
        titles: [
            "Καλημέρα κόσμε",
            "Ο δρόμος για το σπίτι",
            "Γιατί όχι;",
            "Άνοιξη στην Αθήνα",
            "Βιβλία",
            "Ένα ταξίδι",
        ],
        tags: ["Βιβλία", "ταξίδια", "Σπίτι"],
        words: "Το πρωί περπατήσαμε δίπλα στο ποτάμι και μιλήσαμε για τα βιβλία που θέλουμε να διαβάσουμε.",
    },
    Script {
        lang: "ar",
        titles: ["مرحبا بالعالم", "كتاب قديم", "لماذا نكتب؟", "طريق البيت", "يوم ممطر", "ملاحظات"],
        tags: ["كتب", "سفر", "ملاحظات"],
        words: "مشينا في الصباح بجانب النهر وتحدثنا طويلا عن الكتب التي نريد أن نقرأها في هذا الشتاء.",
    },
    Script {
        lang: "zh",
        titles: [
            "新年快乐",
            "读书笔记：第一章",
            "为什么写博客？",
            "回家 的 路",
            "雨天_随笔",
            "C++与Rust（一）",
        ],
        tags: ["读书", "旅行", "随笔"],
        words: "早上我们沿着河边走了很久，聊起这个冬天想要读的书，也聊起去年没有写完的那些笔记。",
    },
    Script {
        lang: "ja",
        titles: [
            "川沿いを歩く",
            "読書メモ「第一章」",
            "なぜ書くのか？",
            "カフェで・プログラミング",
            "雨の日",
            "がんばれ、ポスト",
        ],
        tags: ["読書", "旅行", "プログラミング"],
        words: "朝から川沿いを歩きながら、この冬に読みたい本のことや、去年書き終えられなかったメモのことを話した。",
    },
    Script {
        lang: "ko",
        titles: [
            "한국어 글",
            "강가를 걷다",
            "왜 쓰는가?",
            "집으로 가는 길",
            "비 오는 날",
            "읽기 메모",
        ],
        tags: ["독서", "여행", "메모"],
        words: "아침부터 강가를 오래 걸으면서 이번 겨울에 읽고 싶은 책과 지난해에 다 쓰지 못한 글을 이야기했다.",
    },
    Script {
        lang: "hi",
        titles: [
            "नमस्ते दुनिया",
            "नदी के किनारे",
            "हम क्यों लिखते हैं?",
            "घर का रास्ता",
            "बारिश का दिन",
            "पढ़ने की सूची",
        ],
        tags: ["किताबें", "यात्रा", "सूची"],
        words: "सुबह हम नदी के किनारे देर तक चले और उन किताबों के बारे में बात की जो हम इस सर्दी में पढ़ना चाहते हैं।",
    },
];
