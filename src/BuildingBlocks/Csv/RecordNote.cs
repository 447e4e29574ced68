namespace ClusterNet.Csv;

/// <summary>What the guard saw wrong with a record.</summary>
internal enum RecordFlaw { None, UnclosedQuote, TextAfterQuote, TooLong, Unreadable }

/// <summary>On which physical line a record began, and what is wrong with it, where.</summary>
internal readonly record struct RecordNote(int Line, RecordFlaw Flaw, int FlawLine, int FlawField);
