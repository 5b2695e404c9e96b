using Rlm.Context.Files;

namespace Rlm.Context.Tests.Files;

public class FileStampTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(25, 5_000_000, true)]
    [InlineData(15, 5_000_000, false)]
    [InlineData(0, 5_000_000, false)]
    [InlineData(-500, 5_000_000, false)]
    [InlineData(1_900, 0, false)] // whole seconds: the clock of this file system may be coarse
    [InlineData(2_200, 0, true)]
    public void IsSettled_OnlySomeTimeAfterTheChange(int millisecondsLater, long nanosecond, bool expected)
    {
        var changed = ((Noon - DateTimeOffset.UnixEpoch).Ticks * 100) + nanosecond;
        var readAt = Noon.AddTicks((nanosecond / 100) + (millisecondsLater * TimeSpan.TicksPerMillisecond));
        Assert.Equal(expected, new FileStamp(1, changed, changed, 1).IsSettled(readAt));
        Assert.Equal(expected, new FileStamp(1, changed, 0, 0).IsSettled(readAt)); // a system without a time of change
    }
}
