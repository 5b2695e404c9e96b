using Rlm.Context.Index;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Tests.Index;

public class NaiveEngineTests : EngineContract
{
    private protected override IIndexEngine NewEngine() => new NaiveEngine();
}

/// <summary>So few postings in memory that one commit writes several segments.</summary>
public class OwnEngineInMemoryTests : EngineContract
{
    private protected override IIndexEngine NewEngine() => new OwnEngine(new MemoryIndexFiles(), new() { MaxPairs = 700, MaxPostings = 60 });
}

public sealed class OwnEngineOnDiskTests : EngineContract, IDisposable
{
    private readonly TempFolder _folder = new();
    private int _engines;

    public void Dispose() => _folder.Dispose();

    private protected override IIndexEngine NewEngine() => new OwnEngine(new DiskIndexFiles(_folder.At($"cache/{_engines++}")));
}
