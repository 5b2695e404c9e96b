namespace Rlm.Context.Search.Ranking;

/// <summary>Evidence for a question and what it was drawn from.</summary>
/// <param name="Regions">Best first.</param>
/// <param name="Terms">The words looked for.</param>
public sealed record EvidenceResult(IReadOnlyList<Evidence> Regions, IReadOnlyList<string> Terms)
{
    /// <summary>Those of the words that occur nowhere.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Files of the scope that were ranked by the index.</summary>
    public int FilesIndexed { get; init; }

    /// <summary>Files of the scope that the index does not know yet, or knows no more: all of them were read, and the units of the best ranked.</summary>
    public int FilesScanned { get; init; }

    /// <summary>Large files, which are not ranked.</summary>
    public int FilesLarge { get; init; }

    /// <summary>Files that could not be read, or are gone since the snapshot.</summary>
    public int FilesUnread { get; init; }

    /// <summary>Regions among the best by their words that were not looked at further, because they lie in files of very many symbols, of which only the best few are read.</summary>
    public int PassedOver { get; init; }

    /// <summary>True while some files were ranked by a scan: only the best of them were divided into units, and how rare a word is was not counted everywhere.</summary>
    public bool IsProvisional => FilesScanned > 0;
}
