namespace MoViNetNAS.Reporting;

/// <summary>A point of a checklist.</summary>
/// <param name="Topic">What part of the checklist it belongs to.</param>
/// <param name="Question">The question, a text with marks.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Evidence">Why, from the records; a text with marks.</param>
public sealed record ChecklistItem(string Topic, string Question, ChecklistAnswer Answer, string Evidence);
