namespace MoViNetNAS.Data;

/// <summary>What of a narrated action is learned.</summary>
public enum EpicLabel
{
    /// <summary>The verb: 97 classes.</summary>
    Verb,

    /// <summary>The noun: 300 classes.</summary>
    Noun,

    /// <summary>The pair of verb and noun: those that are annotated.</summary>
    Action,

    /// <summary>The verb and the noun, each of its own head: 97 and 300 classes.</summary>
    VerbAndNoun,
}
