"""Emoji by name, for whoever types a colon: a small list of those that people here need."""

_NAMES = """
😀 grinning happy|😄 smile happy|😁 grin|😂 joy tears laugh|🙂 slight_smile|😉 wink|😊 blush|😍 heart_eyes love|🤔 thinking|😐 neutral
😅 sweat_smile|😎 cool sunglasses|🤩 star_struck|🥳 party celebrate|😴 sleeping tired|😢 cry sad|😭 sob|😡 angry|😱 scream|🤯 mind_blown
🤷 shrug|🤦 facepalm|🙏 pray thanks please|👍 thumbs_up yes +1|👎 thumbs_down no -1|👏 clap applause|🙌 raised_hands hooray|👋 wave hello|💪 muscle strong|🤝 handshake deal
👀 eyes look|🧠 brain|❤️ heart love|💔 broken_heart|💡 idea bulb|🔥 fire hot|✨ sparkles|⭐ star|🎉 tada party|🎁 gift present
🏆 trophy|🥇 gold_medal first|🚀 rocket launch|🎯 target dart|✅ check done|❌ cross no|⚠️ warning|❓ question|❗ exclamation|ℹ️ info
🐛 bug|🔧 wrench fix|🔨 hammer|⚙️ gear settings|🔒 lock|🔑 key|📎 paperclip|📌 pin|📷 camera|📦 package box
📈 chart_up|📉 chart_down|📅 calendar date|⏰ alarm_clock|⏳ hourglass wait|💻 laptop computer|📱 phone|🖨️ printer|🔋 battery|🔌 plug
☕ coffee|🍕 pizza|🍰 cake birthday|🍺 beer|🌱 seedling plant|🌲 tree|🌞 sun|🌧️ rain|❄️ snow cold|⛰️ mountain
⛺ tent camping|🚲 bike bicycle|🚗 car|✈️ plane travel|🐶 dog|🐱 cat|🦋 butterfly|🎵 music|📚 books|✏️ pencil write
""".strip()

EMOJI: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    (sign, tuple(names))
    for sign, *names in (entry.split() for line in _NAMES.split("\n") for entry in line.split("|"))
)


def emoji_like(typed: str, most: int = 6) -> list[tuple[str, str]]:
    """Return signs with their names for what was typed after a colon: those that begin with it first."""
    word = typed.casefold().strip()
    if not word:
        return []
    begin = [(sign, names[0]) for sign, names in EMOJI if any(name.startswith(word) for name in names)]
    within = [(sign, names[0]) for sign, names in EMOJI if any(word in name for name in names)]
    return list(dict.fromkeys(begin + within))[:most]
