namespace Rlm.Recursion.Programs;

/// <summary>What programs run on, as found out by a trial.</summary>
/// <param name="Name"><c>cpython</c>, <c>builtin</c>, <c>docker</c> or <c>podman</c>; null when none works.</param>
/// <param name="Version">Of its language.</param>
/// <param name="Isolation">What holds a program.</param>
/// <param name="Modules">What can be imported beyond the standard library.</param>
/// <param name="Rejected">Engines that were tried and not taken, and why, each one line.</param>
public sealed record EngineReport(string? Name, string Version, string Isolation, IReadOnlyList<string> Modules, IReadOnlyList<string> Rejected);
