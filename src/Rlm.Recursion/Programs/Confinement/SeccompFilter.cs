using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Rlm.Recursion.Programs.Confinement;

/// <summary>
/// The filter that stands between a program and the Linux kernel (seccomp(2), in the kernel's small packet-filter language): a list of what is refused, in four steps:
/// <code>
/// another architecture -> the process ends     a number that is not known -> ENOSYS     a refused call -> EPERM     the rest -> allowed
/// </code>
/// Only what is already open may be written to. Tried on x86-64; the numbers for arm64 are from the kernel's table and were not tried.
/// </summary>
internal static class SeccompFilter
{
    private const ushort Load = 0x20, JumpIfEqual = 0x15, JumpIfGreater = 0x25, JumpIfAnyBit = 0x45, Return = 0x06;
    private const uint Allow = 0x7FFF0000, KillProcess = 0x80000000, Errno = 0x00050000, NotPermitted = Errno | 1, NoAccess = Errno | 13, Unknown = Errno | 38;
    private const uint NumberAt = 0, ArchitectureAt = 4, FirstArgumentAt = 16;
    private const uint OtherNumbers = 0x40000000, SameProcess = 0x10000, ForWriting = 0x3 | 0x40 | 0x200, FakeInput = 0x5412, LinuxConsole = 0x541C;

    /// <summary>The filter for a worker that needs threads of its own (the .NET runtime) or none at all (CPython); null where no numbers are known.</summary>
    /// <param name="architecture">Of this process.</param>
    /// <param name="mayHaveThreads">Whether threads may be started, and signals sent to them.</param>
    /// <returns>Instructions of 8 bytes each, in the byte order of the machine (little).</returns>
    public static byte[]? For(Architecture architecture, bool mayHaveThreads)
    {
        if (architecture is not (Architecture.X64 or Architecture.Arm64)) return null;
        var code = new List<FilterInstruction>
        {
            new(Load, 0, 0, ArchitectureAt), new(JumpIfEqual, 1, 0, architecture == Architecture.X64 ? 0xC000003E : 0xC00000B7), new(Return, 0, 0, KillProcess),
            new(Load, 0, 0, NumberAt), new(JumpIfGreater, 0, 1, OtherNumbers - 1), new(Return, 0, 0, KillProcess), new(JumpIfGreater, 0, 1, SystemCalls.Last), new(Return, 0, 0, Unknown),
        };
        foreach (var call in (SystemCall[])[SystemCalls.Clone3, SystemCalls.OpenAt2]) Refuse(call, Unknown);
        foreach (var call in (SystemCall[])[.. SystemCalls.Network, .. SystemCalls.Processes, .. SystemCalls.Others, .. SystemCalls.Spaces, .. SystemCalls.Doors]) Refuse(call, NotPermitted);
        foreach (var call in SystemCalls.Writing) Refuse(call, NoAccess);
        RefuseIfAnyBit(SystemCalls.Open, 1, ForWriting, NoAccess);
        RefuseIfAnyBit(SystemCalls.OpenAt, 2, ForWriting, NoAccess);
        RefuseIfEqual(SystemCalls.IoControl, 1, FakeInput);
        RefuseIfEqual(SystemCalls.IoControl, 1, LinuxConsole);
        RefuseNewLimits();
        if (mayHaveThreads) RefuseUnlessBit(SystemCalls.Clone, 0, SameProcess);
        else foreach (var call in (SystemCall[])[SystemCalls.Clone, SystemCalls.ThreadKill, SystemCalls.ProcessControl]) Refuse(call, NotPermitted);
        code.Add(new(Return, 0, 0, Allow));
        return Bytes(code);

        void Refuse(SystemCall call, uint how) => On(call, new FilterInstruction(Return, 0, 0, how));

        void RefuseIfAnyBit(SystemCall call, uint argument, uint bits, uint how) => On(call, new(Load, 0, 0, Argument(argument)), new(JumpIfAnyBit, 0, 1, bits), new(Return, 0, 0, how), new(Load, 0, 0, NumberAt));

        void RefuseUnlessBit(SystemCall call, uint argument, uint bit) => On(call, new(Load, 0, 0, Argument(argument)), new(JumpIfAnyBit, 1, 0, bit), new(Return, 0, 0, NotPermitted), new(Load, 0, 0, NumberAt));

        void RefuseIfEqual(SystemCall call, uint argument, uint value) => On(call, new(Load, 0, 0, Argument(argument)), new(JumpIfEqual, 0, 1, value), new(Return, 0, 0, NotPermitted), new(Load, 0, 0, NumberAt));

        // Limits may be looked at, which the C library does for each thread: the pointer to new ones is null then.
        void RefuseNewLimits() => On(SystemCalls.ResourceLimits, new(Load, 0, 0, Argument(2)), new(JumpIfEqual, 0, 2, 0), new(Load, 0, 0, Argument(2) + 4), new(JumpIfEqual, 1, 0, 0), new(Return, 0, 0, NotPermitted), new(Load, 0, 0, NumberAt));

        void On(SystemCall call, params FilterInstruction[] then)
        {
            if (call.Number(architecture) is not (>= 0 and var number)) return;
            code.Add(new(JumpIfEqual, 0, (byte)then.Length, (uint)number));
            code.AddRange(then);
        }
    }

    private static uint Argument(uint index) => FirstArgumentAt + (8 * index);

    private static byte[] Bytes(List<FilterInstruction> code)
    {
        var bytes = new byte[8 * code.Count];
        for (var at = 0; at < code.Count; at++)
        {
            var place = bytes.AsSpan(8 * at, 8);
            BinaryPrimitives.WriteUInt16LittleEndian(place, code[at].Operation);
            (place[2], place[3]) = (code[at].Yes, code[at].No);
            BinaryPrimitives.WriteUInt32LittleEndian(place[4..], code[at].Value);
        }
        return bytes;
    }
}
