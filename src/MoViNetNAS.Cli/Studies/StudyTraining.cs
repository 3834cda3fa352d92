using System.Security.Cryptography;
using System.Text;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Studies;

/// <summary>One training that a study needs. Rows, and studies, that ask for the same training share it, and a study that is run again finds it done.</summary>
/// <param name="Row">The first row that needs it.</param>
/// <param name="Seed">The study's seed.</param>
/// <param name="Member">Which of the row's networks, from 0.</param>
/// <param name="Fold">The source that is left out; null for the data's own splits.</param>
/// <param name="Plan">What it is a function of; its name ends in a hash of that.</param>
internal sealed record StudyTraining(StudyRow Row, ulong Seed, int Member, string? Fold, TrainingPlan Plan)
{
    private const int HashDigits = 10;

    public static StudyTraining Of(string experiment, StudyRow row, ulong seed, int member, string? fold, TrainingPlan plan)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((plan with { Name = "" }).ToJson())))[..HashDigits];
        return new StudyTraining(row, seed, member, fold, plan with { Name = $"{experiment}-{hash}" });
    }

    /// <summary>The first member has the study's seed, the others seeds drawn from it.</summary>
    public static ulong SeedOf(ulong seed, int member) => member == 0 ? seed : new RandomStream(seed).Derive("member", member).NextBits() >> 1;
}
