namespace Rlm.Context.Outlines.CSharp;

/// <summary>
/// What is known about the <c>#if</c> chains (and merge conflicts) of one file, kept from one way through it to the next, so that
/// after a few ways every branch has been seen. Each way takes in every chain the first branch not seen yet: for files that ask for
/// one symbol in several places that is the way with the symbol defined.
/// </summary>
internal sealed class BranchMap
{
    private readonly Dictionary<int, BranchChain> _chains = [];
    private readonly List<BranchChain> _inOrder = [];

    /// <summary>True when merge conflict markers were met.</summary>
    public bool HasConflicts { get; set; }

    /// <summary>True when nesting of chains was too deep to follow them all.</summary>
    public bool IsTooDeep { get; set; }

    /// <summary>The file outside of all chains.</summary>
    public Branch Root { get; } = new() { IsSeen = true };

    /// <summary>True when every branch of every chain has been seen.</summary>
    public bool AllSeen { get; private set; }

    /// <summary>The chain whose first line begins at the offset.</summary>
    public BranchChain ChainAt(int start, Branch parent)
    {
        if (_chains.TryGetValue(start, out var chain)) return chain;
        _chains[start] = chain = new BranchChain();
        _inOrder.Add(chain);
        parent.Chains.Add(chain);
        return chain;
    }

    /// <summary>To be called after each way: works out what is still unseen. Chains lie behind the chains around them, so backwards is inside out.</summary>
    public void Update()
    {
        for (var at = _inOrder.Count - 1; at >= 0; at--)
            foreach (var branch in _inOrder[at].Branches) branch.Update();
        Root.Update();
        AllSeen = Root.IsDone;
    }
}

/// <summary>One <c>#if … #elif … #else … #endif</c>; a missing <c>#else</c> counts as an empty branch.</summary>
internal sealed class BranchChain
{
    public List<Branch> Branches { get; } = [];

    public Branch this[int index]
    {
        get
        {
            while (Branches.Count <= index) Branches.Add(new Branch());
            return Branches[index];
        }
    }

    /// <summary>The first branch with something unseen, or null when there is none (or nothing is known yet).</summary>
    public int? Wanted => Branches.FindIndex(branch => !branch.IsDone) is var index and >= 0 ? index : null;
}

/// <summary>One branch of a chain.</summary>
internal sealed class Branch
{
    public List<BranchChain> Chains { get; } = [];

    public bool IsSeen { get; set; }

    /// <summary>Seen, and so is everything inside.</summary>
    public bool IsDone { get; private set; }

    public void Update() => IsDone = IsSeen && Chains.TrueForAll(chain => chain.Wanted is null);
}
