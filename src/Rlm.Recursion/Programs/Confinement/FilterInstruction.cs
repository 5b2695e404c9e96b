namespace Rlm.Recursion.Programs.Confinement;

/// <summary>One instruction of the kernel's packet-filter language.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="Yes">Instructions to skip where a condition holds.</param>
/// <param name="No">And where it does not.</param>
/// <param name="Value">What it loads, compares with or returns.</param>
internal readonly record struct FilterInstruction(ushort Operation, byte Yes, byte No, uint Value);
