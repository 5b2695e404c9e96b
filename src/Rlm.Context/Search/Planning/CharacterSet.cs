using System.Globalization;

namespace Rlm.Context.Search.Planning;

/// <summary>
/// Characters that a part of a pattern may take, perhaps more than it does: ASCII one by one, all others by what <c>\d</c>, <c>\w</c> and <c>\s</c> say of them.
/// Two sets that share nothing here share nothing at all.
/// </summary>
internal readonly record struct CharacterSet(UInt128 Ascii, OtherCharacters Others)
{
    private const OtherCharacters Every = OtherCharacters.Digit | OtherCharacters.Word | OtherCharacters.Space | OtherCharacters.Rest;

    /// <summary>Every character.</summary>
    public static readonly CharacterSet All = new(UInt128.MaxValue, Every);

    /// <summary>Digits, <c>\d</c>.</summary>
    public static readonly CharacterSet Digits = new(AsciiWhere(char.IsAsciiDigit), OtherCharacters.Digit);

    /// <summary>Word characters, <c>\w</c>.</summary>
    public static readonly CharacterSet Words = new(AsciiWhere(c => char.IsAsciiLetterOrDigit(c) || c == '_'), OtherCharacters.Digit | OtherCharacters.Word);

    /// <summary>Blanks, <c>\s</c>.</summary>
    public static readonly CharacterSet Spaces = new(AsciiWhere(char.IsWhiteSpace), OtherCharacters.Space);

    private static readonly UInt128 Letters = AsciiWhere(char.IsAsciiLetter);

    /// <summary>One character.</summary>
    public static CharacterSet Of(char character) => char.IsAscii(character) ? new(UInt128.One << character, default) : new(default, KindOf(character));

    /// <summary>The characters from one to another; empty when they stand the wrong way round.</summary>
    public static CharacterSet Range(char from, char to)
    {
        UInt128 ascii = 0;
        for (var code = (int)from; code <= Math.Min(to, '\u007F'); code++) ascii |= UInt128.One << code;
        return new(ascii, to > '\u007F' ? Every : default);
    }

    /// <summary>The set of <c>\d</c>, <c>\D</c>, <c>\s</c>, <c>\S</c>, <c>\w</c> or <c>\W</c>; every character for any other letter.</summary>
    public static CharacterSet OfEscape(char letter) => letter switch
    {
        'd' => Digits,
        'D' => Digits.Complement(),
        's' => Spaces,
        'S' => Spaces.Complement(),
        'w' => Words,
        'W' => Words.Complement(),
        _ => All,
    };

    /// <summary>Every character but some of ASCII.</summary>
    public static CharacterSet AllBut(UInt128 ascii) => new(~ascii, Every);

    /// <summary>Either set's.</summary>
    public static CharacterSet operator |(CharacterSet left, CharacterSet right) => new(left.Ascii | right.Ascii, left.Others | right.Others);

    /// <summary>Some character may be in both.</summary>
    public bool Meets(CharacterSet other) => (Ascii & other.Ascii) != 0 || (Others & other.Others) != 0;

    /// <summary>What the set takes when case is ignored: letters in both cases, and those beyond ASCII that .NET pairs with ASCII ones.</summary>
    public CharacterSet AnyCase()
    {
        var letters = Ascii & Letters;
        var set = this | new CharacterSet(((letters << 32) | (letters >> 32)) & Letters, letters == 0 ? default : OtherCharacters.Word);
        return (Others & OtherCharacters.Word) == 0 ? set : set | new CharacterSet(Letters, OtherCharacters.Word);
    }

    // Only for the sets above, which are exact.
    private CharacterSet Complement() => new(~Ascii, Every & ~Others);

    // Spacing marks have changed sides between versions of .NET, joiners are word characters for \b alone: both count as both.
    private static OtherCharacters KindOf(char character) => char.IsWhiteSpace(character) ? OtherCharacters.Space : char.GetUnicodeCategory(character) switch
    {
        UnicodeCategory.DecimalDigitNumber => OtherCharacters.Digit,
        UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format => OtherCharacters.Word | OtherCharacters.Rest,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.ConnectorPunctuation => OtherCharacters.Word,
        _ => char.IsLetter(character) ? OtherCharacters.Word : OtherCharacters.Rest,
    };

    private static UInt128 AsciiWhere(Func<char, bool> isIn) => Enumerable.Range(0, 128).Where(code => isIn((char)code)).Aggregate(UInt128.Zero, (set, code) => set | (UInt128.One << code));
}

/// <summary>Kinds of characters beyond ASCII; each character is of one kind, or counts as two.</summary>
[Flags]
internal enum OtherCharacters
{
    /// <summary>No character beyond ASCII.</summary>
    None = 0,
    /// <summary>What <c>\d</c> takes.</summary>
    Digit = 1,
    /// <summary>What <c>\w</c> takes and <c>\d</c> does not.</summary>
    Word = 2,
    /// <summary>What <c>\s</c> takes.</summary>
    Space = 4,
    /// <summary>All others.</summary>
    Rest = 8,
}
