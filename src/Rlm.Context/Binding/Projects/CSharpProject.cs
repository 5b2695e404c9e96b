using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rlm.Context.Files;

namespace Rlm.Context.Binding.Projects;

/// <summary>A package that a project asks for.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Version">As asked, without brackets; empty when nothing tells.</param>
internal sealed record PackageUse(string Id, string Version)
{
    /// <summary>Projects that refer to this one do not get it.</summary>
    public bool IsPrivate { get; init; }
}

/// <summary>What is known of a C# project without building it.</summary>
internal sealed record CSharpProject
{
    /// <summary>The project file; for code without one, the folder.</summary>
    public required RepoPath Path { get; init; }

    /// <summary>The assembly's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it compiles, by path.</summary>
    public required IReadOnlyList<RepoPath> Files { get; init; }

    /// <summary>The target framework that is looked at.</summary>
    public required TargetFramework Framework { get; init; }

    /// <summary>All that it is built for.</summary>
    public required IReadOnlyList<TargetFramework> Frameworks { get; init; }

    /// <summary>Project files that it refers to and that are there.</summary>
    public IReadOnlyList<RepoPath> References { get; init; } = [];

    /// <summary>Packages, by name.</summary>
    public IReadOnlyList<PackageUse> Packages { get; init; } = [];

    /// <summary>Shared frameworks besides the base: <c>Microsoft.AspNetCore.App</c>.</summary>
    public IReadOnlyList<string> SharedFrameworks { get; init; } = [];

    /// <summary>The lines of its global usings.</summary>
    public string GlobalUsings { get; init; } = "";

    /// <summary>Attributes that its file asks for (<c>InternalsVisibleTo</c>), as source.</summary>
    public string AssemblyAttributes { get; init; } = "";

    /// <summary>How it is parsed.</summary>
    public required CSharpParseOptions Parsing { get; init; }

    /// <summary>How it is compiled.</summary>
    public required CSharpCompilationOptions Options { get; init; }

    /// <summary>It stands for code without a project file.</summary>
    public bool IsLoose { get; init; }

    /// <summary>Whether methods in it are tests.</summary>
    public bool IsTest { get; init; }

    /// <summary>What was not found or not understood.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
