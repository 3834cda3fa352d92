namespace MoViNetNAS.Spaces;

/// <summary>Lists every architecture of a small space.</summary>
public static class SpaceEnumeration
{
    /// <summary>Every canonical genotype once, in the order of their choices; <see cref="SearchSpace.ArchitectureCount"/> of them.</summary>
    public static IEnumerable<Genotype> Of(SearchSpace space)
    {
        var choices = new int[space.Decisions.Length];
        while (true)
        {
            yield return space.Genotype(choices);
            int d = choices.Length - 1;
            // A depth comes before the layers that it switches off, so what is active depends on the left only.
            while (d >= 0 && (!space.IsActive(d, choices) || choices[d] == space.Decisions[d].OptionCount - 1)) choices[d--] = 0;
            if (d < 0) yield break;
            choices[d]++;
        }
    }
}
