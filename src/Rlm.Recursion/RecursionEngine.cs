namespace Rlm.Recursion;

public sealed class RecursionEngine;
