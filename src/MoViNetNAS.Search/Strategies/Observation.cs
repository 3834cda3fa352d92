using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>An answered <see cref="Proposal"/>.</summary>
/// <param name="Number">Its place among all observations of the search, from 0.</param>
/// <param name="Genotype">The architecture.</param>
/// <param name="Epochs">Epochs it had been trained for.</param>
/// <param name="Quality">What is maximised: top-1 on clips that did not train it, in [0, 1].</param>
/// <param name="Cost">The genotype's cost.</param>
/// <param name="SpentEpochs">Epochs trained by the whole search so far, this one's included. Epochs that a genotype had behind it are not paid again.</param>
public sealed record Observation(int Number, Genotype Genotype, int Epochs, double Quality, Cost Cost, long SpentEpochs);
