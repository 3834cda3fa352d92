using MoViNetNAS.Models;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Everything a search goes on from, in one file that is written whole or not at all.</summary>
internal static class SearchCheckpoint
{
    private const string StateKey = "search";

    public static void Save(string path, SearchState state, SupernetTrainer trainer) => SafetensorsFile.Write(
        path, [.. trainer.State], new Dictionary<string, string> { [StateKey] = state.ToJson() });

    /// <summary>Loads weights and moments into <paramref name="trainer"/> and returns the rest; null when there is no checkpoint yet.</summary>
    /// <exception cref="InputException">The file is damaged or of another search.</exception>
    public static SearchState? Load(string path, SupernetTrainer trainer)
    {
        if (!File.Exists(path)) return null;
        var (tensors, metadata) = SafetensorsFile.Read(path);
        var state = SearchState.FromJson(metadata.GetValueOrDefault(StateKey, ""), path);
        trainer.Load(tensors, state.NextStep, path);
        foreach (var tensor in tensors.Values) tensor.Dispose();
        return state;
    }
}
