using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>A pattern as instructions of a Pike machine: consume a character, split by priority, remember a place, look at the place, match.</summary>
internal sealed class RegexProgram
{
    private const int MaxSize = 20_000;
    private readonly List<RegexStep> _steps = [];

    public RegexProgram(RegexNode pattern)
    {
        Write(pattern);
        Emit(new(RegexOperation.Match));
        Steps = [.. _steps];
        (First, AnyFirst) = FirstCharacters();
        Prefix = Literal(pattern);
    }

    public RegexStep[] Steps { get; }

    /// <summary>A text that every match begins with; may be empty.</summary>
    public string Prefix { get; }

    /// <summary>Which ASCII characters a match may begin with.</summary>
    public bool[] First { get; }

    /// <summary>Whether a match may be empty, so that it begins anywhere.</summary>
    public bool AnyFirst { get; }

    private int Emit(RegexStep step)
    {
        if (_steps.Count >= MaxSize) throw Refuse.Here(Refusals.RegexSize);
        _steps.Add(step);
        return _steps.Count - 1;
    }

    private void Write(RegexNode node)
    {
        Deep.Check();
        switch (node)
        {
            case RegexNode.One one:
                Emit(new(RegexOperation.Character) { Set = one.Set });
                break;
            case RegexNode.Sequence sequence:
                foreach (var part in sequence.Parts) Write(part);
                break;
            case RegexNode.Alternatives alternatives:
                WriteBranches(alternatives.Branches);
                break;
            case RegexNode.Group group:
                Emit(new(RegexOperation.Save) { First = 2 * group.Number });
                Write(group.Inner);
                Emit(new(RegexOperation.Save) { First = 2 * group.Number + 1 });
                break;
            case RegexNode.Assertion assertion:
                Emit(new(RegexOperation.Assert) { Assertion = assertion.Kind, Ascii = assertion.Ascii });
                break;
            case RegexNode.Repeat repeat:
                WriteRepeat(repeat);
                break;
        }
    }

    private void WriteBranches(IReadOnlyList<RegexNode> branches)
    {
        var ends = new List<int>();
        for (var index = 0; index < branches.Count - 1; index++)
        {
            var split = Emit(new(RegexOperation.Split));
            Write(branches[index]);
            ends.Add(Emit(new(RegexOperation.Split)));
            _steps[split] = new(RegexOperation.Split) { First = split + 1, Second = _steps.Count };
        }
        Write(branches[^1]);
        foreach (var end in ends) _steps[end] = new(RegexOperation.Split) { First = _steps.Count, Second = -1 };
    }

    private void WriteRepeat(RegexNode.Repeat repeat)
    {
        for (var round = 0; round < repeat.Least; round++) Write(repeat.Inner);
        if (repeat.Most is null)
        {
            var loop = Emit(new(RegexOperation.Split));
            Write(repeat.Inner);
            Emit(new(RegexOperation.Split) { First = loop, Second = -1 });
            _steps[loop] = Choice(loop + 1, _steps.Count, repeat.Lazy);
            return;
        }
        var splits = new List<int>();
        for (var round = repeat.Least; round < repeat.Most; round++)
        {
            splits.Add(Emit(new(RegexOperation.Split)));
            Write(repeat.Inner);
        }
        foreach (var split in splits) _steps[split] = Choice(split + 1, _steps.Count, repeat.Lazy);
    }

    private static RegexStep Choice(int inner, int after, bool lazy) => new(RegexOperation.Split) { First = lazy ? after : inner, Second = lazy ? inner : after };

    private (bool[] First, bool Any) FirstCharacters()
    {
        var first = new bool[128];
        var seen = new bool[Steps.Length];
        var open = new Stack<int>([0]);
        while (open.TryPop(out var at))
        {
            if (at < 0 || seen[at]) continue;
            seen[at] = true;
            var step = Steps[at];
            if (step.Operation == RegexOperation.Match) return (first, true);
            if (step.Operation == RegexOperation.Character)
            {
                for (var code = 0; code < 128; code++) first[code] |= step.Set!.Has(code);
                continue;
            }
            open.Push(step.Operation == RegexOperation.Split ? step.First : at + 1);
            if (step.Operation == RegexOperation.Split) open.Push(step.Second);
        }
        return (first, false);
    }

    private static string Literal(RegexNode node) => node switch
    {
        RegexNode.One one => one.Set.Single ?? "",
        RegexNode.Group group => Literal(group.Inner),
        RegexNode.Sequence sequence => Joined(sequence.Parts),
        _ => "",
    };

    private static string Joined(IReadOnlyList<RegexNode> parts)
    {
        var text = "";
        foreach (var part in parts)
        {
            if (part is not RegexNode.One { Set.Single: { } single }) return text;
            text += single;
        }
        return text;
    }
}
