namespace MoViNetNAS.Models;

/// <summary>Which statistics a batch norm uses.</summary>
public enum NormMode
{
    /// <summary>Those of the batch, kept nowhere: supernets, in training and in scoring (as in google-research/tunas 0c1bbe5).</summary>
    Batch,

    /// <summary>Those of the batch, and the running averages move towards them.</summary>
    Training,

    /// <summary>The running averages.</summary>
    Evaluation,
}
