using System.Runtime.InteropServices;

namespace Rlm.Recursion.Programs.Confinement;

/// <summary>A call of the Linux kernel by its numbers; −1 where an architecture has none.</summary>
/// <param name="X64">On x86-64.</param>
/// <param name="Arm64">On arm64.</param>
internal readonly record struct SystemCall(int X64, int Arm64)
{
    /// <summary>One that came after the numbers were unified in Linux 5.1.</summary>
    public SystemCall(int both) : this(both, both)
    {
    }

    /// <summary>The number here; −1 where there is none.</summary>
    public int Number(Architecture architecture) => architecture == Architecture.Arm64 ? Arm64 : X64;
}
