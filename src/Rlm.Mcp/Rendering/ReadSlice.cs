using System.Globalization;
using System.Text;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Relations;
using Rlm.Context.Slices;

namespace Rlm.Mcp.Rendering;

/// <summary>One slice to show, or the error of its target.</summary>
internal sealed class ReadSlice
{
    private readonly ContextStore _store;
    private readonly CancellationToken _cancellation;
    private Outline? _outline;
    private Symbol? _symbol;
    private bool _hasLooked;

    public ReadSlice(ContextStore store, string asked, ContextException error, CancellationToken cancellationToken) => (_store, Asked, Error, _cancellation) = (store, asked, error, cancellationToken);

    public ReadSlice(ContextStore store, Target target, string unit, CancellationToken cancellationToken)
    {
        (_store, Asked, Target, _cancellation) = (store, target.Asked, target, cancellationToken);
        (Range, _symbol) = (target.Range, target.Symbol);
        Grow(unit);
    }

    public string Asked { get; }

    public ContextException? Error { get; }

    /// <summary>Set unless there is an error.</summary>
    public Target? Target { get; }

    /// <summary>The lines, after growing.</summary>
    public LineRange Range { get; private set; }

    /// <summary>The symbol shown, or the one that encloses the lines.</summary>
    public Symbol? Symbol => _symbol ??= IsWholeFile ? null : Enclosing();

    /// <summary>True when all of the file is meant.</summary>
    public bool IsWholeFile { get; private set; }

    public OpenText Text => Target!.Text;

    public RepoPath Path => Text.Path;

    public Outline Outline => _outline ??= _store.OutlineOf(Text, _cancellation);

    /// <summary>How much the symbol is used, where that was asked and is known.</summary>
    public SymbolUsage? Usage { get; set; }

    public bool IsWholeSymbol => Symbol is not null && Symbol.Range == Range;

    /// <summary>UTF-8 bytes of the numbered lines; a huge number for more than fits any answer.</summary>
    public long FullCost()
    {
        if (Text is not WholeText && Range.Count > 4_000) return int.MaxValue;
        return AnswerSize.Bytes(Text.Lines(Range)) + Range.Count * (long)(1 + Digits(Range.End)) + 1;
    }

    /// <summary>The whole lines from <paramref name="range"/>'s start that fit, numbered; null when not even the first does.</summary>
    public (string Text, LineRange Shown)? Numbered(LineRange range, long bytes)
    {
        var text = new StringBuilder();
        var last = 0;
        foreach (var (line, content) in LinesOf(range))
        {
            var cost = AnswerSize.Bytes(content) + 2 + Digits(line);
            if (cost > bytes) break;
            bytes -= cost;
            text.Append(CultureInfo.InvariantCulture, $"{line}\t{content}\n");
            last = line;
        }
        if (last == 0) return null;
        text.Length--;
        return (text.ToString(), new(range.Start, last));
    }

    /// <summary>The lines of a range one by one, without their breaks; read in pieces, so a range of a huge file costs only what is taken.</summary>
    public IEnumerable<(int Line, string Content)> LinesOf(LineRange range)
    {
        const int piece = 500;
        for (var from = range.Start; from <= range.End; from += piece)
        {
            var to = Math.Min(range.End, from + piece - 1);
            var map = new LineMap(Text.Lines(new(from, to)));
            for (var line = from; line <= to; line++) yield return (line, map.Line(line - from + 1).ToString());
        }
    }

    /// <summary>Local functions of the member that the slice shows; empty for anything else.</summary>
    public IReadOnlyList<Symbol> LocalFunctions() =>
        IsWholeSymbol && Symbol!.IsMember && Text is WholeText whole ? Outliner.LocalFunctions(Text.Language, whole.Text, Symbol, _cancellation) : [];

    public Handle HandleOf(LineRange range) => Handle.Of(Path, range, Text.Lines(range));

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;

    // Looked up when it is first asked for: of a large set only a page is shown.
    private Symbol? Enclosing()
    {
        if (_hasLooked) return null;
        _hasLooked = true;
        return Outline.Enclosing(Range.Start, symbol => symbol.Range.Contains(Range));
    }

    private void Grow(string unit)
    {
        IsWholeFile = Target!.IsWholeFile;
        if (unit == "lines" || IsWholeFile) return;
        if (unit == "file")
        {
            (Range, _symbol, IsWholeFile) = (Text.All, null, true);
            return;
        }
        var grown = unit == "type"
            ? Outline.Enclosing(Range.Start, symbol => symbol.IsType && symbol.Range.Contains(Range))
            : _symbol ?? Outline.Enclosing(Range.Start, symbol => symbol.Kind != SymbolKinds.Namespace && symbol.Range.Contains(Range));
        if (grown is not null) (Range, _symbol) = (grown.Range, grown);
    }
}
