using System.Diagnostics;

namespace Rlm.Context.Outlines.Providers;

/// <summary>
/// Gathers texts into batches and runs them. A batch that fails is halved until the text that is to blame stands alone, as long as there is time: twice what one run of the batch may take. What is
/// left then has no outline.
/// </summary>
/// <param name="count">How many texts there are.</param>
/// <param name="sizeOf">Bytes of one, as the provider gets it.</param>
/// <param name="run">Runs a batch and gives the outlines by place; throws <see cref="ProviderFaultException"/> when it fails.</param>
internal sealed class BatchRuns<T>(int count, Func<T, int> sizeOf, Action<List<(int Place, T Text)>, Action<int, Outline>> run)
{
    private readonly ProviderAnswer[] _answers = new ProviderAnswer[count];
    private List<(int Place, T Text)> _batch = [];
    private long _size;

    /// <summary>An answer that takes no run.</summary>
    public void Answer(int place, ProviderAnswer answer) => _answers[place] = answer;

    /// <summary>Adds a text; runs the batch when it is full.</summary>
    public void Add(int place, T text)
    {
        _batch.Add((place, text));
        _size += sizeOf(text);
        if (_batch.Count >= ProviderLimits.BatchFiles || _size >= ProviderLimits.BatchBytes) Flush();
    }

    /// <summary>Runs what is left and gives all answers.</summary>
    public IReadOnlyList<ProviderAnswer> Finish()
    {
        if (_batch.Count > 0) Flush();
        return _answers;
    }

    private void Flush()
    {
        Run(_batch, Stopwatch.GetTimestamp(), ProviderLimits.TimeFor(_size) * 2);
        (_batch, _size) = ([], 0);
    }

    private void Run(List<(int Place, T Text)> batch, long started, TimeSpan most)
    {
        try
        {
            run(batch, (place, outline) => _answers[place] = new(outline, null));
        }
        catch (ProviderFaultException fault)
        {
            if (batch.Count > 1 && !fault.IsPassing && Stopwatch.GetElapsedTime(started) < most)
            {
                Run(batch[..(batch.Count / 2)], started, most);
                Run(batch[(batch.Count / 2)..], started, most);
                return;
            }
            foreach (var (place, _) in batch) _answers[place] = new(null, fault.Message, fault.IsPassing);
        }
    }
}
