using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>All that a search carries from step to step; with the evaluator's weights it is enough to go on as if never stopped.</summary>
/// <remarks>No random state: every draw is named by (seed, purpose, step, candidate).</remarks>
/// <param name="Format">Version of the text form.</param>
/// <param name="Search">SHA-256 of what the search is (space, settings, variant, input, seed): a state is refused by another search.</param>
/// <param name="NextStep">The step to do next; equal to the number of steps when only the scoring at the end is left.</param>
/// <param name="Controller">Logits and moments.</param>
/// <param name="Baseline">Moving average of the rewards.</param>
/// <param name="Trials">Fingerprint of the trials of all steps so far.</param>
/// <param name="Scored">Qualities already measured in the scoring at the end, in its order.</param>
/// <param name="Beta">What is known of the betas; null (and left out) in states of searches that ask nothing of it.</param>
public sealed record SearchState(
    int Format, string Search, int NextStep, ControllerState Controller, RewardBaseline Baseline, TrialChain Trials,
    ImmutableArray<double> Scored, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BetaState? Beta = null)
{
    /// <summary>The version this code writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The text form; <see cref="FromJson"/> gives back every number bit for bit.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SearchJson.Strict);

    /// <summary>Reads the text form.</summary>
    /// <param name="text">What <see cref="ToJson"/> wrote.</param>
    /// <param name="file">What mistakes call it.</param>
    /// <exception cref="InputException">Not such a text, or of another version.</exception>
    public static SearchState FromJson(string text, string file = "search state")
    {
        SearchState? state;
        try
        {
            state = JsonSerializer.Deserialize<SearchState>(text, SearchJson.Strict);
        }
        catch (JsonException e)
        {
            throw new InputException($"{file} is damaged or no search state: {e.Message}", e);
        }

        if (state is null) throw new InputException($"{file} is damaged: it holds no search state.");
        return state.Format == CurrentFormat
            ? state
            : throw new InputException($"{file} has format {state.Format}; this version reads format {CurrentFormat}.");
    }

    /// <summary>What <see cref="Search"/> is of a search.</summary>
    internal static string IdentityOf(
        SearchSpace space, SearchSettings settings, NetworkVariant variant, int classes, InputShape input, RandomStream seed, LatencyTable? latency)
    {
        // How often to save, and where the milliseconds lie, does not change what is found; which milliseconds, does.
        string json = (settings with { CheckpointEvery = 1, LatencyTable = null }).ToJson();
        string text = FormattableString.Invariant($"{space.Hash}\n{json}\n{variant}\n{classes}\n{input}\n{seed.Derive("identity").NextBits()}");
        if (latency is not null) text += $"\n{latency.Hash}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>This state, where it is one of the search that <paramref name="identity"/> is of.</summary>
    /// <exception cref="InputException">It belongs to another search.</exception>
    internal SearchState RequireOf(string identity) => Search == identity
        ? this
        : throw new InputException(
            "the saved state belongs to another search: space, settings, variant, input or seed differ. Go on with the run's own configuration, or start anew.");
}
