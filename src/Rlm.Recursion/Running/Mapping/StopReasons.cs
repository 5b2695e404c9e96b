using Rlm.Recursion.Budget;
using Rlm.Recursion.Models;

namespace Rlm.Recursion.Running.Mapping;

/// <summary>Why a run sends no more, in words for the coverage: few and fixed, so that they can be counted.</summary>
internal static class StopReasons
{
    public const string Seconds = "the budget's seconds are over";
    public const string Aborted = "the call was ended";
    public const string Fruitless = "the model gave no usable reply";

    public static string Of(BudgetSpentException refusal) => refusal.Kind switch
    {
        "seconds" => Seconds,
        "overrun" => "a call cost more than was reserved for it",
        var kind => $"the budget's {kind} are spent",
    };

    public static string Of(ModelFaultException fault) => fault.Kind switch
    {
        ModelFaultKind.Quota => "the model's account is out of quota",
        ModelFaultKind.Denied => "the model denied access",
        ModelFaultKind.Refused => "the model refused the request",
        ModelFaultKind.Busy => "the model was busy",
        ModelFaultKind.Unavailable => "the model was not available",
        ModelFaultKind.TimedOut => "the model took too long",
        _ => "the model's reply was broken",
    };
}
