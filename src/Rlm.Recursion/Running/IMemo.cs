namespace Rlm.Recursion.Running;

/// <summary>Finished work, by what went into it: content hashes, task, schema, model, versions. Partial and failed work is never kept. Safe to use from many threads and processes.</summary>
public interface IMemo
{
    /// <summary>What is kept for a key; null when nothing (or nothing readable) is.</summary>
    string? Find(string key);

    /// <summary>Keeps a value; it survives a crash of the process when this returns. What cannot be written is forgotten.</summary>
    void Keep(string key, string value);
}
