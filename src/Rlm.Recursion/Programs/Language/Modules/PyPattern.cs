using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>A compiled pattern.</summary>
internal sealed class PyPattern
{
    public static readonly Dictionary<string, Method> Methods = RegexFunctions.OfPattern;

    private static readonly Dictionary<(string, RegexFlags), PyPattern> Known = [];

    private readonly RegexProgram _program;
    private readonly bool _folds;
    private string? _checked;

    private PyPattern(string source, RegexFlags flags)
    {
        var parser = new RegexParser(source, flags);
        _program = new RegexProgram(parser.Read());
        Source = source;
        Flags = parser.Flags;
        Groups = parser.Groups;
        _folds = parser.Folds;
        if (_folds && source.Any(RegexFolding.IsRisky)) throw Refuse.Here(Refusals.RegexFold);
    }

    public string Source { get; }

    public RegexFlags Flags { get; }

    /// <summary>Group names by number − 1; null for those without one.</summary>
    public IReadOnlyList<string?> Groups { get; }

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
    public PyMatch? Find(Machine machine, string text, int start, RegexAnchoring anchoring, bool mustAdvance = false)
    {
        Check(text);
        return new RegexMatcher(machine, _program, text).Run(start, anchoring, mustAdvance, Groups.Count) is { } places ? new PyMatch(this, text, places) : null;
    }

    /// <summary>All matches from a place on. After an empty match the next one is longer at the same place, or begins later: CPython's order.</summary>
    public IEnumerable<PyMatch> FindAll(Machine machine, string text, int start)
    {
        Check(text);
        var matcher = new RegexMatcher(machine, _program, text);
        var mustAdvance = false;
        while (start <= text.Length && matcher.Run(start, RegexAnchoring.Search, mustAdvance, Groups.Count) is { } places)
        {
            yield return new PyMatch(this, text, places);
            (start, mustAdvance) = (places[1], places[0] == places[1]);
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

    // Letters about which the tables of .NET and CPython disagree are refused where case is ignored.
    private void Check(string text)
    {
        if (!_folds || ReferenceEquals(_checked, text) || System.Text.Ascii.IsValid(text)) return;
        if (text.Any(RegexFolding.IsRisky)) throw Refuse.Here(Refusals.RegexFold);
        _checked = text;
    }
}
