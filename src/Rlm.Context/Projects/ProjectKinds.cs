namespace Rlm.Context.Projects;

/// <summary>The words for <see cref="Project.Kind"/>.</summary>
public static class ProjectKinds
{
#pragma warning disable CS1591 // the constants are their own text
    public const string Library = "library", Program = "program", Tests = "tests", Solution = "solution", Workspace = "workspace";
#pragma warning restore CS1591
}
