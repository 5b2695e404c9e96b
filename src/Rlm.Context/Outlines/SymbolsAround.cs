namespace Rlm.Context.Outlines;

/// <summary>Answers which symbol lies around a line of one version of a file, without making all the others where the index keeps them.</summary>
public sealed class SymbolsAround
{
    private readonly Outline? _outline;
    private readonly StoredSymbols? _stored;

    internal SymbolsAround(Outline outline) => _outline = outline;

    internal SymbolsAround(StoredSymbols stored) => _stored = stored;

    /// <summary>The innermost symbol around a line, whose children may be left out; null when there is none.</summary>
    public Symbol? Enclosing(int line) => _stored is not null ? _stored.Enclosing(line) : _outline!.Enclosing(line);
}
