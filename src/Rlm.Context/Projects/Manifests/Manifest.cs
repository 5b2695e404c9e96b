using Rlm.Context.Files;

namespace Rlm.Context.Projects.Manifests;

/// <summary>What one file says of a project, before it is laid beside the others.</summary>
internal sealed class Manifest(RepoPath path, string ecosystem)
{
    public RepoPath Path { get; } = path;

    /// <summary><c>dotnet</c>, <c>node</c>, <c>python</c>, <c>go</c>, <c>cargo</c>, <c>maven</c> or <c>gradle</c>: names are looked up among the projects of the same.</summary>
    public string Ecosystem { get; } = ecosystem;

    public string? Name { get; set; }

    public string Language { get; set; } = "text";

    public string Kind { get; set; } = ProjectKinds.Library;

    /// <summary>False for a file that only adds to the projects around it.</summary>
    public bool IsProject { get; set; } = true;

    public List<string> Targets { get; } = [];

    /// <summary>Paths of other projects, relative to this file's folder, with <c>/</c>; of a file or a folder.</summary>
    public List<string> Paths { get; } = [];

    /// <summary>Names that are other projects' if such are here, else packages: name and how it is shown.</summary>
    public List<(string Name, string Shown)> Names { get; } = [];

    /// <summary>Globs of folders with members.</summary>
    public List<string> Members { get; } = [];

    public List<string> EntryPoints { get; } = [];

    /// <summary>Values that the text of others may refer to: MSBuild properties, versions.</summary>
    public Dictionary<string, string> Properties { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with the file; null when nothing.</summary>
    public string? Problem { get; set; }
}
