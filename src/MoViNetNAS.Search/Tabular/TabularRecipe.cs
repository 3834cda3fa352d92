using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>How a tabular benchmark was made.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Epochs">After which epochs every training was scored, rising; the last is its end.</param>
/// <param name="Seeds">One training of every architecture each.</param>
/// <param name="ClipsPerEpoch">Clips that an epoch trains on.</param>
/// <param name="ScoreClips">Clips of the score split.</param>
/// <param name="TestClips">Clips of the test split.</param>
/// <param name="Command">The command that built it.</param>
/// <param name="Versions">Code and library versions.</param>
/// <param name="Machine">Where the seconds are from.</param>
public sealed record TabularRecipe(
    string Name, ImmutableArray<int> Epochs, ImmutableArray<ulong> Seeds, int ClipsPerEpoch, int ScoreClips, int TestClips,
    string Command, string Versions, string Machine);
