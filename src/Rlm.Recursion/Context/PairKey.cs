namespace Rlm.Recursion.Context;

/// <summary>What two units must share to be judged as a pair; found by code.</summary>
public enum PairKey
{
    /// <summary>The same name: the last part of the symbol without its parameters, or for units without symbol the file's name.</summary>
    Name,
    /// <summary>The same result and parameter types, whatever they are called.</summary>
    Signature,
    /// <summary>A member that calls both.</summary>
    Caller,
}
