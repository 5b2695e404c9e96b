using Rlm.Context.Files;

namespace Rlm.Context.Projects;

/// <summary>One project, package, module or crate, or what gathers several: as its files say, nothing of it run or restored.</summary>
/// <param name="Name">As its own ecosystem calls it.</param>
/// <param name="Path">The file that describes it.</param>
/// <param name="Language">Language id as <see cref="Languages"/> has it.</param>
/// <param name="Kind">One of <see cref="ProjectKinds"/>.</param>
public sealed record Project(string Name, RepoPath Path, string Language, string Kind)
{
    /// <summary>The folder that it owns, but for the folders of other projects in it.</summary>
    public RepoPath Folder => Path.Parent;

    /// <summary>Whether it holds tests and nothing else.</summary>
    public bool IsTest => Kind == ProjectKinds.Tests;

    /// <summary>Whether files belong to it; a solution or workspace only names projects.</summary>
    public bool OwnsFiles => Kind is not (ProjectKinds.Solution or ProjectKinds.Workspace);

    /// <summary>What it is built for: frameworks, editions, language versions.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Other projects that it uses, or gathers, in the order of its file.</summary>
    public IReadOnlyList<ProjectLink> References { get; init; } = [];

    /// <summary>Packages from elsewhere, with their versions where they are told.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Where it starts: files with lines, commands, scripts.</summary>
    public IReadOnlyList<string> EntryPoints { get; init; } = [];

    /// <summary>Covered files that belong to it.</summary>
    public int Files { get; init; }

    /// <summary>Those of them that look like tests.</summary>
    public int TestFiles { get; init; }
}

/// <summary>A use of one project by another.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Path">The used project's file; null when it is not here.</param>
/// <param name="Name">The used project's name, or what is written when it is not here.</param>
public sealed record ProjectLink(string Text, RepoPath? Path, string Name);

/// <summary>A file that should describe a project and could not be read as one.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record BrokenManifest(RepoPath Path, string Reason);
