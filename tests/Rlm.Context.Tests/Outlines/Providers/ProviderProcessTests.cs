using System.Diagnostics;
using System.Text;
using Rlm.Context.Outlines.Providers;

namespace Rlm.Context.Tests.Outlines.Providers;

/// <summary>Programs that misbehave; scripts of the shell play them.</summary>
public class ProviderProcessTests
{
    private static List<string> Run(string script, Action<Stream>? feed = null, CancellationToken cancellationToken = default)
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "there is no shell to play the program");
        var lines = new List<string>();
        ProviderProcess.Run(new("/bin/sh", ["-c", script], "/", 0, feed), line => lines.Add(Encoding.UTF8.GetString(line)), cancellationToken);
        return lines;
    }

    [Fact]
    public void Lines_ComeOneByOne() => Assert.Equal(["one", "", "three"], Run("echo one; echo; printf three"));

    [Fact]
    public void LongLine_ComesWhole() => Assert.Equal([300_000], Run("head -c 300000 /dev/zero | tr '\\0' x").Select(line => line.Length));

    [Fact]
    public void Environment_IsEmpty() => Assert.DoesNotContain(Run("/usr/bin/env"), line => line.StartsWith("PATH=", StringComparison.Ordinal) || line.StartsWith("HOME=", StringComparison.Ordinal));

    [Fact]
    public void Input_IsFed() => Assert.Equal(["6"], Run("wc -c | tr -d ' '", stream => stream.Write("abc\nd\n"u8)));

    [Theory]
    [InlineData("exit 3", "crashed")]
    [InlineData("echo oops >&2", "crashed")]
    [InlineData("kill -9 $$", "crashed")]
    [InlineData("cat /dev/zero", "too much output")]
    public void Misbehaviour_IsAFault(string script, string why) => Assert.Equal(why, Assert.Throws<ProviderFaultException>(() => Run(script)).Message);

    [Fact]
    public void ProgramThatIsNotThere_IsAFault() =>
        Assert.Equal("cannot be started", Assert.Throws<ProviderFaultException>(() => ProviderProcess.Run(new("/nowhere/ast-grep", [], Path.GetTempPath(), 0), _ => { }, default)).Message);

    [Fact]
    public void Cancelled_EndsTheProgramAndItsChildren()
    {
        using var folder = new TempFolder();
        using var stop = new CancellationTokenSource();
        var clock = Stopwatch.StartNew();
        var lines = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            Assert.SkipUnless(File.Exists("/bin/sh"), "there is no shell to play the program");
            ProviderProcess.Run(new("/bin/sh", ["-c", $"echo $$ > {folder.At("id")}; echo started; sleep 60; echo late"], "/", 0), _ =>
            {
                lines++;
                stop.Cancel();
            }, stop.Token);
        });
        Assert.Equal(1, lines);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
        var id = int.Parse(File.ReadAllText(folder.At("id")), null);
        Assert.ThrowsAny<ArgumentException>(() => Process.GetProcessById(id));
    }
}
