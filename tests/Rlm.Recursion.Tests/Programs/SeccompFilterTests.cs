using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Rlm.Recursion.Programs.Confinement;

namespace Rlm.Recursion.Tests.Programs;

/// <summary>The filter, run by a small machine of the test's own.</summary>
public class SeccompFilterTests
{
    private const uint Allowed = 0x7FFF0000, NotPermitted = 0x00050001, NoAccess = 0x0005000D, Unknown = 0x00050026, Kills = 0x80000000, X64 = 0xC000003E, Arm64 = 0xC00000B7;

    [Theory]
    [InlineData(0, 0, 0, Allowed)] // read
    [InlineData(1, 0, 0, Allowed)] // write
    [InlineData(41, 0, 0, NotPermitted)] // socket
    [InlineData(59, 0, 0, NotPermitted)] // execve
    [InlineData(57, 0, 0, NotPermitted)] // fork
    [InlineData(62, 0, 0, NotPermitted)] // kill
    [InlineData(101, 0, 0, NotPermitted)] // ptrace
    [InlineData(435, 0, 0, Unknown)] // clone3
    [InlineData(500, 0, 0, Unknown)]
    [InlineData(257, 2, 0, Allowed)] // openat for reading
    [InlineData(257, 2, 0x80000, Allowed)] // with O_CLOEXEC
    [InlineData(257, 2, 1, NoAccess)]
    [InlineData(257, 2, 2, NoAccess)]
    [InlineData(257, 2, 0x40, NoAccess)] // O_CREAT
    [InlineData(257, 2, 0x410000 | 2, NoAccess)] // O_TMPFILE
    [InlineData(2, 1, 1, NoAccess)]
    [InlineData(16, 1, 0x5412, NotPermitted)] // TIOCSTI
    [InlineData(16, 1, 0x5401, Allowed)]
    [InlineData(302, 2, 0, Allowed)] // limits looked at
    [InlineData(302, 2, 0x7fff00000000, NotPermitted)] // and set, by a pointer whose lower half is null
    [InlineData(302, 2, 0x1000, NotPermitted)]
    [InlineData(0x40000000 + 41, 0, 0, Kills)]
    public void Filter_DecidesByNumberAndArguments(int number, int argument, long value, uint expected)
    {
        foreach (var threads in (bool[])[true, false]) Assert.Equal(expected, Run(SeccompFilter.For(Architecture.X64, threads)!, X64, number, argument, value));
    }

    [Fact]
    public void Threads_AreAllowedOnlyWhereTheyAreNeeded()
    {
        Assert.Equal(Allowed, Run(SeccompFilter.For(Architecture.X64, true)!, X64, 56, 0, 0x3d0f00));
        Assert.Equal(NotPermitted, Run(SeccompFilter.For(Architecture.X64, true)!, X64, 56, 0, 17));
        Assert.Equal(NotPermitted, Run(SeccompFilter.For(Architecture.X64, false)!, X64, 56, 0, 0x3d0f00));
    }

    [Fact]
    public void OtherArchitectures_EndTheProcess()
    {
        Assert.Equal(Kills, Run(SeccompFilter.For(Architecture.X64, true)!, Arm64, 0, 0, 0));
        Assert.Equal(NotPermitted, Run(SeccompFilter.For(Architecture.Arm64, true)!, Arm64, 221, 0, 0)); // execve
        Assert.Equal(NoAccess, Run(SeccompFilter.For(Architecture.Arm64, true)!, Arm64, 56, 2, 1)); // openat
        Assert.Null(SeccompFilter.For(Architecture.S390x, true));
    }

    // Classic packet filters over the kernel's struct: number, architecture, instruction pointer, six arguments.
    private static uint Run(byte[] code, uint architecture, int number, int argument, long value)
    {
        var data = new byte[64];
        BinaryPrimitives.WriteInt32LittleEndian(data, number);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), architecture);
        BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(16 + (8 * argument)), value);
        uint word = 0;
        for (var at = 0; ;)
        {
            var instruction = code.AsSpan(8 * at++, 8);
            var (operation, yes, no, operand) = (BinaryPrimitives.ReadUInt16LittleEndian(instruction), instruction[2], instruction[3], BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]));
            switch (operation)
            {
                case 0x20: word = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan((int)operand)); break;
                case 0x15: at += word == operand ? yes : no; break;
                case 0x25: at += word > operand ? yes : no; break;
                case 0x45: at += (word & operand) != 0 ? yes : no; break;
                case 0x06: return operand;
                default: throw new InvalidOperationException($"operation {operation:x}");
            }
        }
    }
}
