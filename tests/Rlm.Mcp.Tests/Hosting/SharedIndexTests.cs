using System.Diagnostics;
using Rlm.Context;
using Rlm.Context.Scopes;
using Rlm.Context.Search;
using Rlm.Context.Tests;
using Rlm.Context.Tests.Files.Watching;
using static Rlm.Mcp.Tests.Hosting.Wire;

namespace Rlm.Mcp.Tests.Hosting;

/// <summary>Several servers and a store of this process on one repository and one index, while files change and servers come and go (RELIABILITY R16).</summary>
[Collection(Alone.Name)]
public sealed class SharedIndexTests : IDisposable
{
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("RLM_TEST_SEED"), out var seed) ? seed : Scale.Of(Random.Shared.Next(), 20_261_121);

    private readonly Random _random = new(Seed);
    private readonly SearchedTree _tree;
    private readonly TempFolder _cache = new();
    private readonly List<ServerProcess> _servers = [];
    private int _asked = 1, _old;

    public SharedIndexTests() => _tree = new(_random);

    public void Dispose()
    {
        _servers.ForEach(server => server.Dispose());
        _cache.Dispose();
        _tree.Dispose();
    }

    [Fact]
    public async Task Churn_LeavesNoStaleAndNoMissingLine_AndNoLock()
    {
        for (var server = 0; server < Scale.Of(4, 2); server++) _servers.Add(await StartAsync());
        using var reader = Store();
        for (var step = 0; step < Scale.Of(800); step++)
        {
            for (var edits = _random.Next(1, 6); edits > 0; edits--) _tree.Edit();
            var wanted = _tree.Lines().Order(StringComparer.Ordinal).ToArray();
            var answers = await Task.WhenAll(_servers.Select(LinesAsync));
            foreach (var answer in answers) Assert.True(wanted.SequenceEqual(answer), $"seed {Seed}, step {step}: wanted {string.Join(' ', wanted)}, got {string.Join(' ', answer)}");
            Assert.True(wanted.SequenceEqual(Lines(reader)), $"seed {Seed}, step {step}, the store of this process");
            if (_random.Next(10) == 0) await ExchangeAsync(_random.Next(_servers.Count));
            if (_random.Next(10) == 0) reader.BuildIndex(null, TestContext.Current.CancellationToken);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{_asked:N0} answers of servers, {_old:N0} more that said they were old");
        EndAll();
        CheckIndex();
    }

    // Another process writes on from where a killed one stopped, without waiting for anything.
    private void CheckIndex()
    {
        using var store = Store();
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(0, store.BuildIndex(null, TestContext.Current.CancellationToken).Left);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        var files = store.Current(null, TestContext.Current.CancellationToken).Files.Length;
        Assert.Equal(files, store.Indexed().Texts);
        Assert.Equal(_tree.Lines().Order(StringComparer.Ordinal), Lines(store));
    }

    private void EndAll()
    {
        _servers.ForEach(server => server.Dispose()); // kills it
        _servers.Clear();
    }

    private async Task ExchangeAsync(int index)
    {
        if (_random.Next(2) == 0)
        {
            _servers[index].EndInput();
            var (code, _, _) = await _servers[index].ExitAsync(Scale.Patience);
            Assert.Equal(0, code);
        }
        _servers[index].Dispose();
        _servers[index] = await StartAsync();
    }

    private async Task<ServerProcess> StartAsync()
    {
        var server = new ServerProcess(["--root", _tree.Folder.FullPath, "--cache", _cache.FullPath]);
        await server.AskAsync(Initialize());
        server.Send(Initialized);
        return server;
    }

    private ContextStore Store() => new(new ContextOptions { Root = _tree.Folder.FullPath, CacheFolder = _cache.FullPath });

    // path:line of each line with the word. An answer that says it is old is asked for again: it need not show what happened last.
    private async Task<string[]> LinesAsync(ServerProcess server)
    {
        for (; ; Interlocked.Increment(ref _old))
        {
            var lines = Text(await server.AskAsync(Call(Interlocked.Increment(ref _asked), "search", """{"pattern":"foo","budget":20000}"""))).Split('\n');
            if (lines[0].Contains(" s old", StringComparison.Ordinal)) continue;
            Assert.Contains(" · complete · ", lines[0], StringComparison.Ordinal);
            return [.. Numbered(lines).Order(StringComparer.Ordinal)];
        }
    }

    private static IEnumerable<string> Numbered(string[] lines)
    {
        var path = "";
        foreach (var line in lines.Skip(1))
            if (line.IndexOf('\t') is var tab and > 0) yield return $"{path}:{line[..tab]}";
            else if (!line.StartsWith(' ')) path = line;
    }

    private static IEnumerable<string> Lines(ContextStore store)
    {
        var search = LineSearch.Run(store, new("foo", PatternKind.Literal, PatternCase.Sensitive), ScopeResolver.All(store.Current(null, default)), null, default);
        return search.From(null, 4, default).SelectMany(file => file.Hits.Select(hit => $"{file.File.Path.Value}:{hit.Line}")).Order(StringComparer.Ordinal);
    }
}
