using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>One evaluated genotype.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Phase">What it was evaluated for.</param>
/// <param name="Step">Search step, or the rank among the candidates scored at the end.</param>
/// <param name="Candidate">Which of the step's architectures, from 0.</param>
/// <param name="Genotype">Text form; belongs to the run's space.</param>
/// <param name="Quality">Top-1 with shared weights, in [0, 1].</param>
/// <param name="QualityClips">Held-out clips that <paramref name="Quality"/> was measured on.</param>
/// <param name="Reward">What the controller was told; equals <paramref name="Quality"/> where there is no reward.</param>
/// <param name="Cost">The genotype's cost.</param>
public sealed record Trial(
    string Run, TrialPhase Phase, int Step, int Candidate, string Genotype, double Quality, int QualityClips, double Reward, Cost Cost);
