using Rlm.Context.Files;

namespace Rlm.Context.Relations;

/// <summary>A file that holds a name and was not read as code.</summary>
/// <param name="File">The file.</param>
/// <param name="Name">The name.</param>
/// <param name="Lines">Lines with the name as a word.</param>
public readonly record struct UnreadFile(FileEntry File, string Name, int Lines);
