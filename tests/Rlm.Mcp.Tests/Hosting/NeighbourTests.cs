using System.Diagnostics;
using Rlm.Mcp.Hosting;

namespace Rlm.Mcp.Tests.Hosting;

[Collection(Alone.Name)]
public class NeighbourTests
{
    [Fact]
    public async Task Ping_StaysQuick_While32SlowCallsRun()
    {
        using var go = new ManualResetEventSlim();
        using var started = new CountdownEvent(4);
        var busy = new FakeTool("busy", (_, _, cancellationToken) =>
        {
            if (!started.IsSet) started.Signal();
            while (!go.IsSet && !cancellationToken.IsCancellationRequested) Thread.SpinWait(1_000); // burns its core
            return "done";
        });
        await using var host = new HostUnderTest([busy]);
        await host.SendAsync(Wire.Initialize());
        await host.NextAsync();
        for (var i = 0; i < 32; i++) await host.SendAsync(Wire.Call(1_000 + i, "busy"));
        Assert.True(started.Wait(Scale.Patience, TestContext.Current.CancellationToken));

        var times = new List<double>();
        var count = Scale.Of(4_000);
        for (var i = 0; i < count; i++)
        {
            var watch = Stopwatch.StartNew();
            await host.SendAsync(Wire.Ping(i));
            Assert.Equal(i, Wire.Id(await host.NextAsync()));
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        go.Set();
        for (var i = 0; i < 32; i++) Assert.Equal("done", Wire.Text(await host.NextAsync()));
        times.Sort();
        Assert.InRange(times[count * 99 / 100], 0, 500);
        TestContext.Current.SendDiagnosticMessage("ping p50 {0:F1} ms, p99 {1:F1} ms", times[count / 2], times[count * 99 / 100]);
    }

    [Fact]
    public async Task TooManyWaitingCalls_AreTurnedAway_AndTheRestServed()
    {
        using var go = new ManualResetEventSlim();
        var threads = new CallThreads(1);
        var calls = Enumerable.Range(0, 1_200).Select(_ => threads.RunAsync("x", () =>
        {
            go.Wait();
            return "done";
        }, CancellationToken.None)).ToList();
        go.Set();
        var results = await Task.WhenAll(calls).WaitAsync(Scale.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(1_001, results.Count(result => result == "done"));
        Assert.Equal(199, results.Count(result => result is null));
    }

    [Fact]
    public async Task CancelledCall_IsGivenUp_AndItsPlaceComesBack()
    {
        using var go = new ManualResetEventSlim();
        using var cancel = new CancellationTokenSource();
        var threads = new CallThreads(1);
        var stuck = threads.RunAsync<string>("stuck", () =>
        {
            go.Wait(CancellationToken.None);
            throw new InvalidOperationException("nobody listens");
        }, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stuck);
        Assert.Equal(1, threads.Busy);
        go.Set();
        Assert.Equal("next", await threads.RunAsync("next", () => "next", CancellationToken.None).WaitAsync(Scale.Patience, TestContext.Current.CancellationToken));
    }
}
