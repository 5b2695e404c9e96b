using System.Globalization;
using Rlm.Recursion.Tests.Models.Http;
using Rlm.Scripted;

namespace Rlm.Recursion.Tests.Models;

/// <summary>Real time over a real connection; bounds are wide, the figures are printed.</summary>
public class OverheadTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("anthropic")]
    [InlineData("openai")]
    public async Task SixtyFourCallsOfATenth_EightAtOnce_TakeLittleMoreThanEightTenths(string vendor)
    {
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Say("x") with { Delay = TimeSpan.FromMilliseconds(100) });
        var harness = ModelWireTests.Harness(vendor, server);
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => harness.AskAsync()));
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{vendor}: {seconds:0.00} s"));
        Assert.Equal(8, server.MostAtOnce);
        Assert.InRange(seconds, 0.8, 2.5);
    }

    [Theory]
    [InlineData("anthropic")]
    [InlineData("openai")]
    public async Task OneCall_CostsFewMillisecondsOfOurOwn(string vendor)
    {
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Say("x"));
        var harness = ModelWireTests.Harness(vendor, server);
        for (var warm = 0; warm < 10; warm++) await harness.AskAsync();
        var started = TimeProvider.System.GetTimestamp();
        for (var call = 0; call < 50; call++) await harness.AskAsync();
        var milliseconds = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds / 50;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{vendor}: {milliseconds:0.00} ms a call"));
        Assert.InRange(milliseconds, 0, 50);
    }
}
