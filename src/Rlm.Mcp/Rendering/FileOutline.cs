using System.Collections.Immutable;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>The outline of one file of a map, made when it is first needed, narrowed to the lines in scope.</summary>
internal sealed class FileOutline
{
    private readonly ToolCall _call;
    private readonly Scope? _scope;
    private bool _loaded;

    public FileOutline(ToolCall call, FileEntry file, Scope scope) => (_call, File, Path, SourceBytes, _scope) = (call, file, file.Path, file.IsLarge ? 0 : file.Stamp.Bytes, scope);

    public FileOutline(ToolCall call, OpenText text, ImmutableArray<Symbol> symbols)
    {
        var outline = call.Store.OutlineOf(text, call.Cancellation);
        (_call, Path, Text, Symbols, _loaded) = (call, text.Path, text, [.. call.Seen(text.Path, symbols)], true);
        (Provider, Partial, SourceBytes, LineCount) = (outline.Provider, outline.Partial, 0, text.LineCount);
    }

    /// <summary>The file still to be outlined; null when that is done.</summary>
    public FileEntry? File { get; private set; }

    public RepoPath Path { get; }

    /// <summary>How much source there is to outline.</summary>
    public long SourceBytes { get; }

    public OpenText? Text { get; private set; }

    public int LineCount { get; private set; }

    public string Provider { get; private set; } = "none";

    public string? Partial { get; private set; }

    /// <summary>Why there is no outline at all; null when there is one.</summary>
    public string? Fault { get; private set; }

    public ImmutableArray<Symbol> Symbols { get; private set; } = [];

    public IEnumerable<Symbol> All => new Outline(Provider, Symbols).All;

    public void Load()
    {
        if (_loaded) return;
        _loaded = true;
        File = null;
        try
        {
            Text = _call.Store.Open(Path, _call.Cancellation);
            var outline = _call.Store.OutlineOf(Text, _call.Cancellation);
            (LineCount, Provider, Partial) = (Text.LineCount, outline.Provider, outline.Partial);
            Symbols = _scope!.RangesOf(Path) is { } ranges ? [.. outline.All.Where(symbol => symbol.Children.IsEmpty && ranges.Any(range => range.Contains(symbol.NameLine) || symbol.Range.Contains(range)))] : outline.Symbols;
            Symbols = [.. _call.Seen(Path, Symbols)];
        }
        catch (ContextException fault)
        {
            Fault = ToolErrors.Line(fault);
        }
    }
}
