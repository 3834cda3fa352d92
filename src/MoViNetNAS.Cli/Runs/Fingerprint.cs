using System.Security.Cryptography;
using System.Text;
using MoViNetNAS.Search;
using TorchSharp;

namespace MoViNetNAS.Cli.Runs;

/// <summary>SHA-256 (hex) over names and bytes: equal exactly when every bit is.</summary>
internal static class Fingerprint
{
    public static string Of(IEnumerable<KeyValuePair<string, torch.Tensor>> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var scope = torch.NewDisposeScope();
        foreach (var (name, tensor) in tensors)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(tensor.detach().cpu().contiguous().bytes.ToArray());
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Of trials in their order, whatever run they are of.</summary>
    public static string Of(IEnumerable<Trial> trials) => Of(trials.Select(trial => FormattableString.Invariant(
        $"{trial.Phase} {trial.Step} {trial.Candidate} {trial.Genotype} {trial.Quality:R} {trial.Reward:R} {trial.Cost.Macs}{(trial.Cost.LatencyMs is { } ms ? $" {ms:R}" : "")}")));

    public static string Of(IEnumerable<string> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string line in lines) hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
