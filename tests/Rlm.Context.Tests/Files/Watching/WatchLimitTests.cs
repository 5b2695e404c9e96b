namespace Rlm.Context.Tests.Files.Watching;

/// <summary>More stores than the system has watchers. Alone, since the tests beside it need some.</summary>
[CollectionDefinition(nameof(WatchLimitTests), DisableParallelization = true)]
[Collection(nameof(WatchLimitTests))]
public class WatchLimitTests
{
    [Fact]
    public void ManyStores_DegradeToScans()
    {
        Assert.SkipUnless(TestScale.IsLong && OperatingSystem.IsLinux(), "takes all watchers that the user may have, from other runs too: only in the long run");
        using var folder = new TempFolder().Write("a", "1");
        var time = new StepTime(TimeSpan.FromMilliseconds(1));
        var stores = new List<ContextStore>();
        try
        {
            while (stores.Count < 1_000 && (stores.Count == 0 || stores[^1].Watching.IsLive))
            {
                stores.Add(new ContextStore(new() { Root = folder.FullPath, Time = time }));
                stores[^1].Current(null, default);
                time.Advance(TimeSpan.FromMilliseconds(500));
            }
            var last = stores[^1].Watching;
            if (!last.IsLive) Assert.Contains("max_user_instances", last.Reason, StringComparison.Ordinal);
            folder.Write("b", "2");
            Assert.All(stores, store => Assert.NotNull(store.Current(null, default).Find(new("b"))));
        }
        finally
        {
            foreach (var store in stores) store.Dispose();
        }
        using var next = new ContextStore(new() { Root = folder.FullPath, Time = time });
        next.Current(null, default);
        time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.True(next.Watching.IsLive, next.Watching.Reason);
    }
}
