namespace Rlm.Context.Projects;

/// <summary>A namespace of a C# project.</summary>
/// <param name="Name">In full; empty for the global one.</param>
/// <param name="Types">Types that the project declares in it, nested ones left out.</param>
/// <param name="MostNamed">Of these the types that most other files name, with how many do, most first.</param>
/// <param name="Uses">Other namespaces whose types its files name, with how many of its files do, most first.</param>
public sealed record NamespaceSummary(string Name, int Types, IReadOnlyList<(string Name, int Files)> MostNamed, IReadOnlyList<(string Name, int Files)> Uses);
