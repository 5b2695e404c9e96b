using System.Threading.Channels;
using ModelContextProtocol;
using Rlm.Context.Files;
using Rlm.Mcp.Hosting;

namespace Rlm.Mcp.Tests.Hosting;

public class ProgressNotifierTests
{
    private readonly ManualTime _time = new();
    private readonly Channel<ProgressNotificationValue> _sent = Channel.CreateUnbounded<ProgressNotificationValue>();

    [Fact]
    public async Task NothingReported_GivesASignOfLife_AfterOneSecondAndEveryFive()
    {
        await using var notifier = Start();
        await TickAsync(2, expected: 1);
        await TickAsync(9, expected: 0);
        await TickAsync(1, expected: 1);
        await TickAsync(20, expected: 2);
    }

    [Fact]
    public async Task News_IsSentAtMostEveryHalfSecond()
    {
        await using var notifier = Start();
        notifier.Report(new(1, 100, "walking"));
        await TickAsync(1, expected: 0);
        await TickAsync(1, expected: 1);
        for (var i = 2; i < 10; i++)
        {
            for (var many = 0; many < 50; many++) notifier.Report(new(i, 100, "walking"));
            await TickAsync(1, expected: 1);
        }
        await TickAsync(3, expected: 0);
    }

    [Fact]
    public async Task Values_AlwaysRise_AlsoWhenATool_CountsAnew()
    {
        await using var notifier = Start();
        var random = new Random(5);
        var last = -1f;
        await TickAsync(1, expected: 0);
        for (var i = 0; i < 200; i++)
        {
            notifier.Report(new(random.Next(2) == 0 ? random.Next(1_000_000) : i, random.Next(1_000_000), random.Next(5) == 0 ? "walking" : "searching"));
            _time.Advance(TimeSpan.FromMilliseconds(500));
            var value = await NextAsync();
            Assert.True(value.Progress > last, $"{value.Progress} after {last} at {i}");
            last = value.Progress;
        }
        await TickAsync(100, expected: 10, value => Assert.True(value.Progress > last && (last = value.Progress) > 0));
    }

    [Fact]
    public async Task WhatIsCounted_AndWhatItCost_IsTold()
    {
        await using var notifier = Start();
        notifier.Report(new(3, 10, "judging") { Counted = "units", Detail = "4 calls, 1,200 tokens" });
        await TickAsync(2, expected: 1, value => Assert.Equal("judging: 3 of 10 units (4 calls, 1,200 tokens)", value.Message));
    }

    [Fact]
    public async Task Disposed_SendsNothingMore()
    {
        var notifier = Start();
        await notifier.DisposeAsync();
        for (var i = 0; i < 20; i++) _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.False(_sent.Reader.TryRead(out _));
    }

    [Fact]
    public async Task SendThatFails_IsNoFault()
    {
        await using var notifier = new ProgressNotifier((_, _) => throw new IOException("gone"), _time);
        for (var i = 0; i < 20; i++) _time.Advance(TimeSpan.FromMilliseconds(500));
        notifier.Report(new(1, 2, "x"));
    }

    private ProgressNotifier Start() => new((value, _) => _sent.Writer.WriteAsync(value, CancellationToken.None).AsTask(), _time);

    private async Task<ProgressNotificationValue> NextAsync() => await _sent.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Scale.Patience, TestContext.Current.CancellationToken);

    // The loop runs on the thread pool, so each tick waits until the loop sleeps again: it does once the timer has been asked for its next tick.
    private async Task TickAsync(int ticks, int expected, Action<ProgressNotificationValue>? check = null)
    {
        var got = 0;
        for (var i = 0; i < ticks; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(5, TestContext.Current.CancellationToken);
            while (_sent.Reader.TryRead(out var value))
            {
                got++;
                check?.Invoke(value);
            }
        }
        for (var i = 0; i < 200 && got < expected; i++)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
            while (_sent.Reader.TryRead(out var value))
            {
                got++;
                check?.Invoke(value);
            }
        }
        Assert.Equal(expected, got);
    }
}
