using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>A compiled pattern.</summary>
internal sealed class PyPattern
{
    public static readonly Dictionary<string, Method> Methods = RegexFunctions.OfPattern;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly Dictionary<(string, RegexFlags), PyPattern> Known = [];

    private readonly RegexTraits _traits;
    private readonly Dictionary<(bool Wide, RegexAnchoring Anchoring), Regex> _compiled = [];
    private readonly RegexPiece _piece;
    private (string? Text, bool Wide) _checked;

    private PyPattern(string source, RegexFlags flags)
    {
        var translator = new RegexTranslator(source, flags);
        _piece = translator.Translate();
        // Flags that stand inside count for what stood before them only at the start, where nothing does.
        Source = source;
        Flags = translator.Flags;
        Groups = translator.Groups;
        _traits = translator.Traits | (Flags.HasFlag(RegexFlags.IgnoreCase) ? RegexTraits.Fold : 0);
        if (_traits.HasFlag(RegexTraits.Fold) && source.Any(RegexFolding.IsRisky)) throw Refuse.Here(Refusals.RegexFold);
    }

    public string Source { get; }

    public RegexFlags Flags { get; }

    /// <summary>Group names by number − 1; null for those without one.</summary>
    public IReadOnlyList<string?> Groups { get; }

    /// <summary>Whether iterating it would need CPython's own order of empty matches.</summary>
    public bool PrefersEmpty => _piece.PrefersEmpty;

    public static PyPattern Of(Machine machine, string source, RegexFlags flags)
    {
        if (flags.HasFlag(RegexFlags.Locale)) throw Refuse.Here(Refusals.RegexConstruct, "locale");
        lock (Known)
        {
            if (Known.TryGetValue((source, flags), out var known)) return known;
        }
        machine.Tick(1000 + source.Length);
        var made = new PyPattern(source, flags);
        lock (Known)
        {
            if (Known.Count >= 200) Known.Clear();
            return Known[(source, flags)] = made;
        }
    }

    /// <summary>The first match at or after a UTF-16 place; null when there is none.</summary>
    public Match? Find(Machine machine, string text, int start, RegexAnchoring anchoring)
    {
        var regex = Compiled(IsWide(text), start == 0 ? anchoring : anchoring == RegexAnchoring.Match ? RegexAnchoring.Search : anchoring);
        machine.Tick();
        try
        {
            var match = regex.Match(text, start);
            machine.Tick((match.Success ? match.Index + match.Length - start : text.Length - start) / 64);
            return match.Success && (anchoring == RegexAnchoring.Search || match.Index == start) ? match : null;
        }
        catch (RegexMatchTimeoutException)
        {
            throw new LimitException("StepLimitError", $"a pattern took longer than {Longest.TotalSeconds:0} s: {Source}");
        }
    }

    public int GroupNumber(object key)
    {
        var number = key switch { long index when index >= 0 && index <= Groups.Count => (int)index, bool truth => truth ? 1 : 0, string name => NumberOf(name), _ => -1 };
        return number >= 0 && number <= Groups.Count ? number : throw Raise.Index("no such group");
    }

    public object? Field(string name) => name switch
    {
        "pattern" => Source,
        "flags" => Box.Of((long)(Flags.HasFlag(RegexFlags.Ascii) ? Flags : Flags | RegexFlags.Unicode)),
        "groups" => Box.Of(Groups.Count),
        "groupindex" => Index(),
        _ => null,
    };

    public string Repr(Machine machine)
    {
        var source = Writing.Repr(machine, Source);
        var names = new[] { (RegexFlags.IgnoreCase, "re.IGNORECASE"), (RegexFlags.MultiLine, "re.MULTILINE"), (RegexFlags.DotAll, "re.DOTALL"), (RegexFlags.Verbose, "re.VERBOSE"), (RegexFlags.Ascii, "re.ASCII") }.Where(flag => Flags.HasFlag(flag.Item1)).Select(flag => flag.Item2).ToArray();
        return names.Length == 0 ? $"re.compile({source})" : $"re.compile({source}, {string.Join('|', names)})";
    }

    private int NumberOf(string name)
    {
        for (var index = 0; index < Groups.Count; index++)
            if (Groups[index] == name) return index + 1;
        return -1;
    }

    private PyDict Index()
    {
        var made = new PyDict();
        for (var index = 0; index < Groups.Count; index++)
            if (Groups[index] is { } name) made.Put(name, Box.Of(index + 1));
        return made;
    }

    private Regex Compiled(bool wide, RegexAnchoring anchoring)
    {
        lock (_compiled)
        {
            if (_compiled.TryGetValue((wide, anchoring), out var known)) return known;
            var body = wide ? _piece.Wide : _piece.Narrow;
            var text = anchoring switch { RegexAnchoring.Match => $"\\A(?:{body})", RegexAnchoring.Full => $"(?:{body})\\z", _ => body };
            try
            {
                return _compiled[(wide, anchoring)] = new Regex(text, RegexOptions.CultureInvariant | (Flags.HasFlag(RegexFlags.IgnoreCase) ? RegexOptions.IgnoreCase : 0), Longest);
            }
            catch (Exception error) when (error is NotSupportedException or ArgumentException)
            {
                throw Refuse.Here(Refusals.RegexConstruct, error.Message);
            }
        }
    }

    // Also looks whether the text has what would make the answer another than CPython's.
    private bool IsWide(string text)
    {
        if (ReferenceEquals(_checked.Text, text)) return _checked.Wide;
        if (text.Length == 0 && _traits.HasFlag(RegexTraits.NotBoundary)) throw Refuse.Here(Refusals.RegexBoundary, "\\B in an empty text");
        var wide = false;
        if (!System.Text.Ascii.IsValid(text))
        {
            wide = CodePoints.HasSurrogates(text);
            if (wide && _traits != 0 && text.EnumerateRunes().Any(rune => !rune.IsBmp && (StrTests.IsAlpha(rune) || StrTests.IsNumeric(rune)))) throw Refuse.Here(Refusals.RegexBoundary, "letters beyond U+FFFF");
            if (_traits.HasFlag(RegexTraits.Boundary) && text.Any(RegexFolding.IsBoundaryRisk)) throw Refuse.Here(Refusals.RegexBoundary);
            if (_traits.HasFlag(RegexTraits.Boundary) && Flags.HasFlag(RegexFlags.Ascii)) throw Refuse.Here(Refusals.RegexBoundary, "re.ASCII");
            if (_traits.HasFlag(RegexTraits.Fold) && text.Any(RegexFolding.IsRisky)) throw Refuse.Here(Refusals.RegexFold);
        }
        _checked = (text, wide);
        return wide;
    }
}
