using Rlm.Context.Files;

namespace Rlm.Context.Projects;

/// <summary>What a C# file tells of namespaces.</summary>
/// <param name="Project">The project that it belongs to.</param>
/// <param name="Text">Its text.</param>
/// <param name="Types">Types that it declares, nested ones left out.</param>
/// <param name="Usings">Namespaces of its using directives.</param>
/// <param name="GlobalUsings">Of its global ones.</param>
internal sealed record NamespaceFile(RepoPath Project, string Text, IReadOnlyList<NamespaceType> Types, IReadOnlyList<string> Usings, IReadOnlyList<string> GlobalUsings)
{
    /// <summary>The types that it names.</summary>
    public IReadOnlySet<NamespaceType> Names { get; set; } = new HashSet<NamespaceType>();
}

/// <summary>A type of a project.</summary>
/// <param name="Project">The project.</param>
/// <param name="Space">Its namespace; empty for the global one.</param>
/// <param name="Name">Its name, without type parameters.</param>
internal sealed record NamespaceType(RepoPath Project, string Space, string Name);
