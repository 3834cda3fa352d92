namespace MoViNetNAS.Data;

/// <summary>What of a narrated action is the class.</summary>
public enum EpicLabel
{
    /// <summary>The verb: 97 classes.</summary>
    Verb,

    /// <summary>The noun: 300 classes.</summary>
    Noun,

    /// <summary>Verb and noun together: the pairs that are annotated.</summary>
    Action,
}
