using Lucene.Net.Index;
using Directory = Lucene.Net.Store.Directory;

namespace Rlm.Context.Lucene;

/// <summary>Lucene's tiers, but one merge at a time, only when asked for, and one that can be cancelled.</summary>
internal sealed class MergesOnRequest : MergePolicy
{
    private readonly TieredMergePolicy _tiers = new();
    private Cancellable? _step;
    private CancellationToken _token;
    private bool _isAllowed;

    /// <summary>The next look for merges may find one.</summary>
    public void AllowOne(CancellationToken token) => (_isAllowed, _token, _step) = (true, token, null);

    /// <summary>Whether one was found and ended well.</summary>
    public bool EndStep()
    {
        _isAllowed = false;
        return _step is { WasCancelled: false };
    }

    public override void SetIndexWriter(IndexWriter writer) => _tiers.SetIndexWriter(writer);

    public override MergeSpecification? FindMerges(MergeTrigger mergeTrigger, SegmentInfos segmentInfos)
    {
        if (!_isAllowed || _tiers.FindMerges(mergeTrigger, segmentInfos) is not { Merges.Count: > 0 } found) return null;
        _isAllowed = false;
        _step = new(found.Merges[0].Segments, _token);
        var one = new MergeSpecification();
        one.Add(_step);
        return one;
    }

    public override MergeSpecification? FindForcedMerges(SegmentInfos segmentInfos, int maxSegmentCount, IDictionary<SegmentCommitInfo, bool> segmentsToMerge) => null;

    public override MergeSpecification? FindForcedDeletesMerges(SegmentInfos segmentInfos) => null;

    public override bool UseCompoundFile(SegmentInfos infos, SegmentCommitInfo mergedInfo) => false;

    protected override void Dispose(bool disposing) => _tiers.Dispose();

    private sealed class Cancellable(IList<SegmentCommitInfo> segments, CancellationToken token) : OneMerge(segments)
    {
        public bool WasCancelled { get; private set; }

        // Lucene asks now and then, and takes back a merge that throws this.
        public override void CheckAborted(Directory dir)
        {
            base.CheckAborted(dir);
            if (!token.IsCancellationRequested) return;
            WasCancelled = true;
            throw new MergeAbortedException("cancelled");
        }
    }
}
