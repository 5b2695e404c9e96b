namespace Rlm.Recursion.Trajectories.Page;

/// <summary>What a page needs to follow a session while it is looked at.</summary>
/// <param name="Script">The only script that it runs.</param>
/// <param name="Nonce">By which the browser knows that script: base64 of random bytes, anew for each server.</param>
/// <param name="End">Where to send the wish to end.</param>
internal sealed record LivePage(string Script, string Nonce, string End);
