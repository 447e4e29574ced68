using System.Globalization;
using System.Text.RegularExpressions;
using ClusterNet.Learning.Contracts;

namespace ClusterNet.Learning.Capture;

/// <summary>
/// What a sentence about learning tells by itself: how it happened, how long it took, how many days ago. Rules over words of English, German and
/// French, each rule with the words that it met, so that a suggestion can say why; it learns nothing about anybody and keeps nothing.
/// </summary>
/// <param name="Kind">Null where no word speaks of it.</param>
/// <param name="KindWords">The words that did.</param>
/// <param name="Minutes">Null where no length is told.</param>
/// <param name="DaysAgo">0 for today; null where no day is told.</param>
internal sealed partial record Sentence(LearningKind? Kind, string KindWords, int? Minutes, int? DaysAgo)
{
    private const int Longest = Records.Rules.MaxMinutes, MinutesOfDay = 8 * 60;

    /// <summary>From the most certain words to the least.</summary>
    private static readonly IReadOnlyList<(LearningKind Kind, Regex Words)> Kinds =
    [
        (LearningKind.Webinar, WebinarWords()), (LearningKind.Mentoring, MentoringWords()), (LearningKind.PeerHelpReceived, ReceivedWords()),
        (LearningKind.Teaching, TeachingWords()), (LearningKind.PeerHelpGiven, GivenWords()), (LearningKind.MistakeReflected, MistakeWords()),
        (LearningKind.EventOrFair, EventWords()), (LearningKind.Observation, ObservationWords()), (LearningKind.CommunityDiscussion, DiscussionWords()),
        (LearningKind.ReadingOrMarketScan, ReadingWords()), (LearningKind.OnTheJob, OnTheJobWords()),
    ];

    private static readonly IReadOnlyList<(Regex Words, int Minutes)> Lengths =
    [
        (HourAndHalf(), 90), (ThreeQuarters(), 45), (HalfHour(), 30), (QuarterHour(), 15), (HalfDay(), MinutesOfDay / 2), (WholeDay(), MinutesOfDay), (OneHour(), 60),
    ];

    /// <param name="language">The reader's, for words that mean something else in another one.</param>
    /// <param name="today">On the reader's calendar.</param>
    public static Sentence Read(string text, string language, DateOnly today)
    {
        var plain = text.ToLowerInvariant().Replace('’', '\'').Replace('\u00a0', ' ');
        var (kind, words) = Kinds.Select(k => (k.Kind, Met: k.Words.Match(plain))).Where(k => k.Met.Success).Select(k => ((LearningKind?)k.Kind, k.Met.Value.Trim())).FirstOrDefault();
        return new(kind, words ?? "", LengthOf(plain), DaysAgoIn(plain, language, today));
    }

    private static int? LengthOf(string text)
    {
        var told = ToldHours().Match(text);
        if (told.Success)
        {
            var hours = decimal.Parse(told.Groups["hours"].Value.Replace(',', '.'), CultureInfo.InvariantCulture);
            var more = told.Groups["minutes"].Success ? int.Parse(told.Groups["minutes"].Value, CultureInfo.InvariantCulture) : 0;
            return Within((hours * 60) + more);
        }

        if (ToldMinutes().Match(text) is { Success: true } minutes) return Within(decimal.Parse(minutes.Groups["minutes"].Value, CultureInfo.InvariantCulture));
        foreach (var (words, length) in Lengths)
            if (words.IsMatch(text)) return length;
        return NumberedHours().Match(text) is { Success: true } some ? (Array.IndexOf(Numbers, some.Groups["number"].Value) % NumbersOfLanguage + 2) * 60 : null;
    }

    private static int? Within(decimal minutes) => minutes is >= 1 and <= Longest ? (int)minutes : null;

    private static int? DaysAgoIn(string text, string language, DateOnly today)
    {
        if (BeforeYesterday().IsMatch(text)) return 2;
        // German "hier" is no day.
        if (Yesterday().IsMatch(text) || (language == "fr" && YesterdayInFrench().IsMatch(text))) return 1;
        if (LastWeek().IsMatch(text)) return 7;
        if (Weekday().Match(text) is { Success: true } day)
        {
            var named = (DayOfWeek)((Array.IndexOf(Weekdays, day.Groups["day"].Value) % 7 + 1) % 7);
            var ago = ((int)today.DayOfWeek - (int)named + 7) % 7;
            return ago == 0 ? 7 : ago;
        }

        return Today().IsMatch(text) ? 0 : null;
    }

    private const int NumbersOfLanguage = 5;

    private static readonly string[] Numbers = ["two", "three", "four", "five", "six", "zwei", "drei", "vier", "fünf", "sechs", "deux", "trois", "quatre", "cinq", "six"];

    /// <summary>From Monday.</summary>
    private static readonly string[] Weekdays =
    [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    ];

    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\b(webinars?|web ?seminar\w*|online[- ]?(seminar|course|kurs|schulung)\w*|video ?course|webinaires?|visioconférence|formation en ligne)\b", Plain)]
    private static partial Regex WebinarWords();

    [GeneratedRegex(@"\b(mentor\w*|mentee\w*|mentorat|marrain\w*|parrain\w*)\b", Plain)]
    private static partial Regex MentoringWords();

    [GeneratedRegex(
        @"\b(showed|helped|taught|explained( \w+){0,3} to|told|advised|walked|gave) (me|us)\b|\b(was|got) (shown|helped|told|taught)\b|\bhelp from\b"
        + @"|\b(zeigte|half|erklärte|brachte|riet) (mir|uns)\b|\b(mir|uns)\b.{0,80}\b(gezeigt|geholfen|erklärt|beigebracht|geraten)\b"
        + @"|\b(m'a|m'ont|nous a|nous ont)\b.{0,20}\b(montré|aidée?s?|expliqué|appris|conseillée?s?)", Plain)]
    private static partial Regex ReceivedWords();

    [GeneratedRegex(
        @"(^|\b(i|we) )(have )?(taught|trained|instructed|gave a (talk|course|training|workshop|lesson))\b|\b(unterrichtet|geschult|eingearbeitet|angelernt|eingewiesen|unterwiesen|lehrte)\b"
        + @"|\b(j'ai|nous avons|on a) (formé|enseigné|animé)\b", Plain)]
    private static partial Regex TeachingWords();

    [GeneratedRegex(
        @"(^|\b(i|we) )(have )?(helped|showed|explained|advised|told)\b|\b(habe?|haben)\b.{0,80}\b(gezeigt|geholfen|erklärt|beigebracht|beraten)\b|\b(ich|wir) (zeigten?|half(en)?|erklärten?)\b|\b(zeigte|half|erklärte) ich\b"
        + @"|\b(j'ai|nous avons|on a) (montré|aidé|expliqué|conseillé)\b", Plain)]
    private static partial Regex GivenWords();

    [GeneratedRegex(
        @"\b(mistakes?|went wrong|my error|an error|failed|scrapped|the hard way|messed up|forgot|fehler|schief\s?(gegangen|ging)|ging\b.{0,30}\bschief|ausschuss|vermasselt|vergessen|daneben|erreurs?|raté\w*|échoué|échec|trompée?s?|oublié)\b", Plain)]
    private static partial Regex MistakeWords();

    [GeneratedRegex(
        @"\b((trade|regional|job|industry) fairs?|fairs?(?= in| at|:)|at the (\w+ )?fair|conferences?|congress|exhibitions?|expo|meet-?ups?|\w*messe|tagung|konferenz|kongress|ausstellung|salon|foire|conférence|congrès|colloque|exposition)\b", Plain)]
    private static partial Regex EventWords();

    [GeneratedRegex(@"\b(watched|observed|shadowed|looked over|watching|zugeschaut|zugesehen|beobachtet|hospitiert|über die schulter|observée?|regardée?|suivie? de près)\b", Plain)]
    private static partial Regex ObservationWords();

    [GeneratedRegex(
        @"\b(community|forum|discuss(ed|ion)|round table|exchange of experience|stammtisch|erfahrungsaustausch|diskutiert|diskussion|austausch|communauté|discuté|discussion|échangé|échange)\b", Plain)]
    private static partial Regex DiscussionWords();

    [GeneratedRegex(
        @"\b(read|articles?|books?|blog|newsletter|researched|competitors?|market|gelesen|las|artikel|buch|fachzeitschrift|recherchiert|wettbewerber?n?|konkurren\w+|markt\w*|lu|livre|concurrents?|marché|lecture)\b", Plain)]
    private static partial Regex ReadingWords();

    [GeneratedRegex(
        @"\b(practi[sc]ed|tried( out)?|on the job|stood in|set up|learn(t|ed) (how|to)|geübt|ausprobiert|eingerichtet|eingesprungen|vertretung|gelernt|essayé|pratiqué|remplacé|appris)\b", Plain)]
    private static partial Regex OnTheJobWords();

    [GeneratedRegex(@"(?<hours>\b\d{1,2}([.,]\d{1,2})?)\s?(h|hrs?|hours?|std\.?|stunden?|heures?)(?!\p{L})\s?((and |und |et )?(?<minutes>[0-5]?\d)(?![\d.,])\s?(m|min|mins|minutes?|minuten)?\b)?", Plain)]
    private static partial Regex ToldHours();

    [GeneratedRegex(@"\b(?<minutes>\d{1,4})[\s-]?(min|mins|minutes?|minuten)\b", Plain)]
    private static partial Regex ToldMinutes();

    [GeneratedRegex(@"\b(an hour and a half|one and a half hours?|anderthalb stunden|eineinhalb stunden|une heure et demie)\b", Plain)]
    private static partial Regex HourAndHalf();

    [GeneratedRegex(@"\b(three quarters of an hour|dreiviertelstunde|drei viertelstunden|trois quarts d'heure)\b", Plain)]
    private static partial Regex ThreeQuarters();

    [GeneratedRegex(@"\b(half an hour|half-hour|halben? stunde|halbstunde|demi-heure)\b", Plain)]
    private static partial Regex HalfHour();

    [GeneratedRegex(@"\b(quarter of an hour|viertelstunde|quart d'heure)\b", Plain)]
    private static partial Regex QuarterHour();

    [GeneratedRegex(@"\b(half a day|halben tag|halber tag|demi-journée)\b", Plain)]
    private static partial Regex HalfDay();

    [GeneratedRegex(@"\b(all day|whole day|full day|ganzen? tag|toute la journée)\b", Plain)]
    private static partial Regex WholeDay();

    [GeneratedRegex(@"\b(an|one) hour\b|\beine(r)? stunde\b|\b(une|1) heure\b", Plain)]
    private static partial Regex OneHour();

    [GeneratedRegex(@"\b(?<number>two|three|four|five|six|zwei|drei|vier|fünf|sechs|deux|trois|quatre|cinq) (hours|stunden|heures)\b", Plain)]
    private static partial Regex NumberedHours();

    [GeneratedRegex(@"\b(day before yesterday|vorgestern|avant-hier)\b", Plain)]
    private static partial Regex BeforeYesterday();

    [GeneratedRegex(@"\b(yesterday|last night|gestern)\b", Plain)]
    private static partial Regex Yesterday();

    [GeneratedRegex(@"\bhier\b", Plain)]
    private static partial Regex YesterdayInFrench();

    [GeneratedRegex(@"\b(last week|letzte woche|vorige woche|la semaine dernière|la semaine passée)\b", Plain)]
    private static partial Regex LastWeek();

    [GeneratedRegex(
        @"\b(on|last|am|letzten|vorigen) (?<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b"
        + @"|\b(?<day>lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b", Plain)]
    private static partial Regex Weekday();

    [GeneratedRegex(@"\b(today|this (morning|afternoon)|just now|heute|vorhin|gerade eben|aujourd'hui|ce matin|cet après-midi)\b", Plain)]
    private static partial Regex Today();
}
