namespace Rlm.Recursion.Storage;

/// <summary>A file of a <see cref="PrivateFolder"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Written">When it was written last, in ticks UTC.</param>
internal readonly record struct StoredFile(string Name, long Bytes, long Written);
