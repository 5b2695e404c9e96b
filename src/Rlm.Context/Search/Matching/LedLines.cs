using System.Globalization;
using System.Text;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Search.Matching;

/// <summary>Finds a required text in UTF-8 bytes, and decides there, as far as bytes can, whether its line matches.</summary>
internal sealed class LedLines
{
    /// <summary>What a place where the text stands says about its line.</summary>
    public enum Verdict
    {
        /// <summary>The line matches.</summary>
        Yes,
        /// <summary>This place does not make it match.</summary>
        No,
        /// <summary>The line must be decoded and tried.</summary>
        Ask,
    }

    private readonly byte[] _text;
    private readonly CaselessFinder? _finder;
    private readonly PatternKind _kind;
    private readonly bool _wordBegins, _wordEnds;

    private LedLines(RequiredText required, CaselessFinder? finder, PatternKind kind)
    {
        (_text, _finder, _kind) = (Encoding.UTF8.GetBytes(required.Text), finder, kind);
        (_wordBegins, _wordEnds) = (IsWord(required.Text[0]), IsWord(required.Text[^1]));
    }

    /// <summary>Null when the text cannot be found in bytes.</summary>
    /// <param name="required">What every match holds; for a literal or word, all of it.</param>
    /// <param name="kind">What the whole pattern is.</param>
    public static LedLines? Of(RequiredText? required, PatternKind kind)
    {
        if (required is null) return null;
        var finder = required.AnyCase ? CaselessFinder.For(required.Text) : null;
        return required.AnyCase && finder is null ? null : new(required, finder, kind);
    }

    /// <summary>Bytes that a place takes.</summary>
    public int Length => _text.Length;

    /// <summary>The bytes alone say which lines match.</summary>
    public bool IsAll => _kind == PatternKind.Literal;

    /// <summary>Every place is found in these bytes; else only that there may be one.</summary>
    public bool Leads(ReadOnlySpan<byte> utf8) => _finder is null || !_finder.HasPartner(utf8);

    /// <summary>False when no place is in the bytes.</summary>
    public bool MayBeIn(ReadOnlySpan<byte> utf8) => _finder is null ? utf8.IndexOf(_text) >= 0 : _finder.MayBeIn(utf8);

    /// <summary>The first place; -1 when there is none.</summary>
    public int IndexIn(ReadOnlySpan<byte> utf8) => _finder is null ? utf8.IndexOf(_text) : _finder.IndexIn(utf8);

    /// <summary>What a place says.</summary>
    public Verdict At(ReadOnlySpan<byte> utf8, int at)
    {
        if (_kind != PatternKind.Word) return IsAll ? Verdict.Yes : Verdict.Ask;
        var before = _wordBegins && at > 0 ? utf8[at - 1] : (byte)' ';
        var after = _wordEnds && at + _text.Length < utf8.Length ? utf8[at + _text.Length] : (byte)' ';
        if (!Ascii.IsValid(before) || !Ascii.IsValid(after)) return Verdict.Ask;
        return IsWord((char)before) || IsWord((char)after) ? Verdict.No : Verdict.Yes;
    }

    /// <summary>What <c>\w</c> takes.</summary>
    public static bool IsWord(char character) => char.IsLetterOrDigit(character) || char.GetUnicodeCategory(character) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
