namespace Rlm.Context.Index.Building;

/// <summary>What building the index came to.</summary>
/// <param name="Files">Covered files.</param>
/// <param name="TextBytes">Their size.</param>
/// <param name="Left">Files that could not be taken as they are; every search reads them.</param>
/// <param name="IndexBytes">Size of the index.</param>
/// <param name="Folder">Where it is; null when it is in memory only and gone with the process.</param>
/// <param name="Took">How long it took.</param>
public readonly record struct IndexReport(int Files, long TextBytes, int Left, long IndexBytes, string? Folder, TimeSpan Took);
